package org.rnn4j.examples.names;

import java.util.List;
import java.util.stream.Collectors;
import org.rnn4j.api.Spec;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.text.CharTokenizer;
import org.rnn4j.training.text.LabelledData;
import org.rnn4j.training.text.Vocabulary;

/**
 * The JDK's names of languages, countries, currencies and time zones, each of one language; see {@link LocaleNames}.
 *
 * <pre>
 * data: {type: examples.LocaleNames, rows: 64, minimumCount: 2, seed: $seed}
 * </pre>
 *
 * @param codes of the languages, as {@link java.util.Locale} knows them; 36 in Latin and Cyrillic letters where left out
 * @param rows N, how many names are in a batch
 * @param minimumCount characters that the training part has less often are unknown; 1 where left out
 * @param seed what the parts and the order of the names depend on
 */
public record LocaleNamesSource(List<String> codes, int rows, Integer minimumCount, long seed) implements DataSource {
    /** Checks the values, and says the defaults. */
    public LocaleNamesSource {
        codes = codes == null ? LocaleNames.CODES : List.copyOf(codes);
        minimumCount = minimumCount == null ? 1 : minimumCount;
        Spec.atLeast(1, "rows", rows);
        Spec.atLeast(1, "minimumCount", minimumCount);
    }

    /** The names themselves. */
    LocaleNames names() {
        return LocaleNames.of(codes, seed);
    }

    @Override
    public LabelledData load() {
        LocaleNames names = names();
        return data(names, names.validation());
    }

    @Override
    public LabelledData test() {
        LocaleNames names = names();
        return data(names, names.test());
    }

    private LabelledData data(LocaleNames names, List<LocaleNames.Name> judged) {
        String text = names.training().stream().map(LocaleNames.Name::text).collect(Collectors.joining());
        Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), text, minimumCount, Integer.MAX_VALUE);
        return new LabelledData(
                part(names.training(), vocabulary),
                part(judged, vocabulary),
                new LabelledData.Names(vocabulary, names.languages()),
                rows,
                seed);
    }

    private static LabelledData.Part part(List<LocaleNames.Name> names, Vocabulary vocabulary) {
        return new LabelledData.Part(
                names.stream().map(name -> vocabulary.encode(name.text())).toArray(int[][]::new),
                names.stream().mapToInt(LocaleNames.Name::language).toArray());
    }
}
