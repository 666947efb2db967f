package org.rnn4j.examples.names;

import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rnn4j.api.Draws;
import org.rnn4j.training.data.Shuffle;
import org.rnn4j.training.data.Span;
import org.rnn4j.training.data.Split;

/**
 * What languages, countries, currencies and time zones are called in many languages, as this JDK knows them; another JDK's data is of another
 * edition of the CLDR and differs by some names.
 *
 * <p>A name that several of the languages have is left out, and so are English names that stand where a translation is missing: each name
 * has one language, and is in one part alone.
 *
 * @param languages the English names of the languages, by number
 * @param training names to learn from
 * @param validation names to choose by
 * @param test names to judge by
 */
record LocaleNames(List<String> languages, List<Name> training, List<Name> validation, List<Name> test) {
    /** In Latin and Cyrillic letters, relatives side by side. */
    static final List<String> CODES = List.of(
            "is", "nb", "da", "sv", "en", "de", "nl", "af", "fr", "ca", "es", "gl", "pt", "it", "ro", "pl", "cs", "sk",
            "sl", "hr", "sr", "mk", "bg", "ru", "be", "lt", "lv", "fi", "et", "hu", "tr", "az", "sq", "eu", "ga", "cy");

    private static final double TRAINING = 0.8;
    private static final double VALIDATION = 0.1;

    /**
     * A name and the number of its language.
     *
     * @param text as it is written
     * @param language from 0
     */
    record Name(String text, int language) {}

    /**
     * Collects the names of some languages and deals them to the parts at random.
     *
     * @param codes of the languages, as {@link Locale} knows them
     * @param seed what the dealing depends on
     */
    static LocaleNames of(List<String> codes, long seed) {
        Map<String, Set<Integer>> languagesOf = new TreeMap<>();
        for (int i = 0; i < codes.size(); i++) {
            for (String name : names(Locale.forLanguageTag(codes.get(i)))) {
                languagesOf.computeIfAbsent(name, key -> new TreeSet<>()).add(i);
            }
        }
        List<Name> all = new ArrayList<>();
        languagesOf.forEach((name, languages) -> {
            if (languages.size() == 1) {
                all.add(new Name(name, languages.iterator().next()));
            }
        });
        int[] order = Shuffle.permutation(Draws.of(seed).at("names"), all.size());
        Split split = Split.contiguous(all.size(), TRAINING, VALIDATION);
        return new LocaleNames(
                codes.stream()
                        .map(code -> Locale.forLanguageTag(code).getDisplayLanguage(Locale.ENGLISH))
                        .toList(),
                part(all, order, split.train()),
                part(all, order, split.validation()),
                part(all, order, split.test()));
    }

    private static List<Name> part(List<Name> all, int[] order, Span span) {
        List<Name> part = new ArrayList<>();
        for (int i = span.from(); i < span.to(); i++) {
            part.add(all.get(order[i]));
        }
        return part;
    }

    private static Set<String> names(Locale locale) {
        Map<String, String> byKey = displayed(locale);
        Map<String, String> english = locale.equals(Locale.ENGLISH) ? new HashMap<>() : displayed(Locale.ENGLISH);
        Set<String> names = new LinkedHashSet<>();
        byKey.forEach((key, name) -> {
            boolean translated = !name.equals(english.get(key)) && !key.endsWith(":" + name);
            if (translated && name.codePoints().noneMatch(Character::isDigit)) {
                names.add(name);
            }
        });
        return names;
    }

    /** Names by their kind and code: {@code country:DE} is Deutschland. A name that is its own code has no translation. */
    private static Map<String, String> displayed(Locale in) {
        Map<String, String> names = new TreeMap<>();
        for (String code : Locale.getISOLanguages()) {
            names.put("language:" + code, Locale.forLanguageTag(code).getDisplayLanguage(in));
        }
        for (String code : Locale.getISOCountries()) {
            names.put("country:" + code, Locale.forLanguageTag("und-" + code).getDisplayCountry(in));
        }
        for (Currency currency : Currency.getAvailableCurrencies()) {
            names.put("currency:" + currency.getCurrencyCode(), currency.getDisplayName(in));
        }
        for (String id : TimeZone.getAvailableIDs()) {
            names.put("zone:" + id, TimeZone.getTimeZone(id).getDisplayName(false, TimeZone.LONG, in));
        }
        return names;
    }
}
