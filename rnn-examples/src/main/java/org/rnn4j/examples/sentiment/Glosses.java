package org.rnn4j.examples.sentiment;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.rnn4j.api.Draws;
import org.rnn4j.training.data.Shuffle;

/**
 * The definitions of WordNet 3.1 with their examples, and which of them are of good or bad things: {@code an act of gracious kindness}.
 *
 * <p>WordNet has one gloss for each set of words of the same meaning. The lexicon of VADER has the mean of ten people's ratings, from -4 to 4,
 * for some of these words. A gloss whose rated words have a mean rating of magnitude 1 or more is labelled with its sign. <strong>So the
 * label is that of the words which a gloss explains, and not what somebody said of the gloss</strong>: one that tells what "kind" is not is
 * positive.
 *
 * <p>Rated glosses that have a rated word in common are in the same part, directly or through others, so that nothing is learnt of a word of
 * which the test asks. One family of such glosses holds a quarter of all: a family that is larger than what the others lack goes to the training
 * part.
 *
 * @param entries every gloss, and behind it, but for the glosses of the validation and the test part, {@link #FOR} and the words that it
 *     explains
 * @param training about 75 % of the labelled glosses
 * @param words the rated words that they explain, each with the label of its own rating
 * @param validation about 10 %
 * @param test about 15 %
 */
record Glosses(
        List<String> entries, List<Rated> training, List<Rated> words, List<Rated> validation, List<Rated> test) {
    /** Between a gloss and its words. */
    static final String FOR = "<for>";

    private static final String WORDNET = "net/sf/extjwnl/data/wordnet/wn31/data.";
    private static final String BAR = " | ";
    private static final String RATINGS = "vader_sentiment_lexicon.txt";
    private static final double VALIDATION = 0.1;
    private static final double TEST = 0.15;
    private static final double LEAST = 1; // magnitude of a rating
    private static final int WORDS = 3; // the field with their number, in hexadecimal digits

    /**
     * A text and its class.
     *
     * @param text a gloss with its examples, or a word
     * @param label 1 for a positive one, 0 for a negative
     */
    record Rated(String text, int label) {}

    /** All labelled texts to learn from: the training glosses and their words. */
    List<Rated> learnt() {
        return Stream.concat(training.stream(), words.stream()).toList();
    }

    /**
     * Reads both resources.
     *
     * @param seed what the dealing to the parts depends on
     */
    static Glosses read(long seed) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String kind : List.of("noun", "verb", "adj", "adv")) {
            lines.addAll(lines(WORDNET + kind));
        }
        return of(lines, ratings(lines(RATINGS)), seed);
    }

    /** ISO 8859-1, in which every byte is a character: the lexicon has some that are not UTF-8, WordNet is ASCII. */
    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = Glosses.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException(
                        "resource " + resource + " was not found: expected it in a jar of the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
        }
    }

    /** Word, tab, mean rating, and more. */
    static Map<String, Double> ratings(List<String> lines) {
        Map<String, Double> ratings = new HashMap<>();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            if (fields.length > 1) {
                ratings.put(fields[0], Double.valueOf(fields[1]));
            }
        }
        return ratings;
    }

    /**
     * Of any lines in WordNet's format.
     *
     * @param lines {@code offset file kind words word id … | gloss}; those that begin with a space are of the licence
     * @param ratings by word
     */
    static Glosses of(List<String> lines, Map<String, Double> ratings, long seed) {
        List<Entry> all = lines.stream()
                .filter(line -> !line.startsWith(" ") && line.contains(BAR))
                .map(line -> Entry.of(line, ratings))
                .toList();
        List<Entry> labelled =
                all.stream().filter(entry -> Math.abs(entry.rating()) >= LEAST).toList();
        List<Entry> training = new ArrayList<>();
        List<Entry> validation = new ArrayList<>();
        List<Entry> test = new ArrayList<>();
        List<List<Entry>> families = families(labelled);
        for (int i : Shuffle.permutation(Draws.of(seed).at("glosses"), families.size())) {
            List<Entry> family = families.get(i);
            if (test.size() + family.size() <= TEST * labelled.size()) {
                test.addAll(family);
            } else if (validation.size() + family.size() <= VALIDATION * labelled.size()) {
                validation.addAll(family);
            } else {
                training.addAll(family);
            }
        }
        Set<Entry> held = new HashSet<>(validation);
        held.addAll(test);
        return new Glosses(
                all.stream()
                        .map(entry -> held.contains(entry) ? entry.gloss() : entry.whole())
                        .toList(),
                labels(training),
                words(training, ratings),
                labels(validation),
                labels(test));
    }

    /** Entries with a rated word in common, directly or through others, side by side. */
    private static List<List<Entry>> families(List<Entry> labelled) {
        Families families = new Families();
        for (Entry entry : labelled) {
            entry.rated().forEach(word -> families.join(entry.rated().get(0), word));
        }
        Map<String, List<Entry>> byFamily = new TreeMap<>();
        for (Entry entry : labelled) {
            String family = families.of(entry.rated().get(0));
            byFamily.computeIfAbsent(family, key -> new ArrayList<>()).add(entry);
        }
        return List.copyOf(byFamily.values());
    }

    private static List<Rated> labels(List<Entry> entries) {
        return entries.stream()
                .map(entry -> new Rated(entry.gloss(), label(entry.rating())))
                .toList();
    }

    private static List<Rated> words(List<Entry> entries, Map<String, Double> ratings) {
        return entries.stream()
                .flatMap(entry -> entry.rated().stream())
                .filter(word -> Math.abs(ratings.get(word)) >= LEAST)
                .distinct()
                .sorted()
                .map(word -> new Rated(word, label(ratings.get(word))))
                .toList();
    }

    private static int label(double rating) {
        return rating > 0 ? 1 : 0;
    }

    /**
     * A gloss and the words that it explains.
     *
     * @param words in lower case, as the lexicon has them; a space is written as an underscore
     * @param rated those that the lexicon has
     * @param rating the mean of theirs; 0 where there is none
     */
    private record Entry(String gloss, List<String> words, List<String> rated, double rating) {
        /** {@code 00013906 00 a 02 abundant 0 galore(ip) 0 … | present in great quantity}: abundant, galore. */
        static Entry of(String line, Map<String, Double> ratings) {
            int bar = line.indexOf(BAR);
            String[] fields = line.substring(0, bar).split(" ", -1);
            List<String> words = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(fields[WORDS], 16); i++) {
                String word = fields[WORDS + 1 + 2 * i].toLowerCase(Locale.ROOT);
                int marker = word.indexOf('(');
                words.add(marker < 0 ? word : word.substring(0, marker));
            }
            List<String> rated = words.stream().filter(ratings::containsKey).toList();
            double rating = rated.stream().mapToDouble(ratings::get).average().orElse(0);
            return new Entry(line.substring(bar + BAR.length()).strip(), words, rated, rating);
        }

        /** The gloss, and behind it the words. */
        String whole() {
            return gloss + " " + FOR + " " + String.join(" , ", words).replace('_', ' ');
        }
    }

    /** Which words belong together. */
    private static final class Families {
        private final Map<String, String> parents = new HashMap<>();

        String of(String word) {
            String top = word;
            while (!parents.getOrDefault(top, top).equals(top)) {
                top = parents.get(top);
            }
            return top;
        }

        void join(String word, String other) {
            List<String> tops = Arrays.asList(of(word), of(other));
            tops.sort(null); // so that the order of the lines does not matter
            parents.put(tops.get(1), tops.get(0));
        }
    }
}
