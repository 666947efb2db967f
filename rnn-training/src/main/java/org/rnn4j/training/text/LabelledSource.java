package org.rnn4j.training.text;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.core.Spelling;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Origin;

/**
 * Many short texts, each of one class: a line is the name of the class, a tab, and the text. Blank lines are left out, and the others dealt to
 * the parts at random. See {@link LabelledData}.
 *
 * <pre>
 * data: {type: Labelled, file: names.tsv, unit: character, rows: 64}
 * </pre>
 *
 * @param resource see {@link Origin}
 * @param file see {@link Origin}
 * @param unit what a step is; characters where left out
 * @param rows N, how many texts are in a batch
 * @param minimumCount tokens that the training part has less often are unknown; 1 where left out
 * @param maximumSize the most ids there may be; without a limit where left out
 * @param train the training part's fraction of the lines; 0.9 where left out
 * @param validation the validation part's fraction; 0.05 where left out. The rest is for tests
 * @param seed what the parts and the order of the texts depend on; 1 where left out
 * @param pooled whether the model gives one output for a text, and not one for each step; false where left out, see
 *     {@link LabelledData#pooled}
 */
public record LabelledSource(
        String resource,
        String file,
        Unit unit,
        int rows,
        Integer minimumCount,
        Integer maximumSize,
        Double train,
        Double validation,
        Long seed,
        Boolean pooled)
        implements DataSource {
    /** Checks the values, and says the defaults. */
    public LabelledSource {
        SentencesSource checked =
                new SentencesSource(resource, file, unit, rows, minimumCount, maximumSize, train, validation, seed);
        unit = checked.unit();
        minimumCount = checked.minimumCount();
        maximumSize = checked.maximumSize();
        train = checked.train();
        validation = checked.validation();
        seed = checked.seed();
        pooled = pooled != null && pooled;
    }

    @Override
    public LabelledData load() throws IOException {
        return new Origin(resource, file).load(corpus -> {
            Lines<Lines.Line> lines = Lines.of(corpus, train, validation, seed);
            List<String> classes = lines.train().stream()
                    .map(LabelledSource::label)
                    .distinct()
                    .sorted()
                    .toList();
            List<String> texts =
                    lines.train().stream().map(LabelledSource::text).toList();
            Vocabulary vocabulary = Lines.vocabulary(texts, unit.tokenizer(), minimumCount, maximumSize);
            LabelledData.Names names = new LabelledData.Names(vocabulary, classes);
            // By a map: there may be as many classes as lines.
            Map<String, Integer> numbers = new HashMap<>();
            classes.forEach(name -> numbers.put(name, numbers.size()));
            LabelledData data = new LabelledData(
                    part(lines.train(), vocabulary, numbers),
                    part(lines.validation(), vocabulary, numbers),
                    names,
                    rows,
                    seed);
            return pooled ? data.pooled() : data;
        });
    }

    private static LabelledData.Part part(List<Lines.Line> lines, Vocabulary vocabulary, Map<String, Integer> classes) {
        int[][] sequences = new int[lines.size()][];
        int[] labels = new int[lines.size()];
        for (int i = 0; i < labels.length; i++) {
            Lines.Line line = lines.get(i);
            sequences[i] = vocabulary.encode(text(line));
            labels[i] = classes.getOrDefault(label(line), -1);
            if (sequences[i].length == 0) {
                throw new IllegalArgumentException("line " + line.number() + ": nothing to read after the tab");
            }
            if (labels[i] < 0) {
                throw new IllegalArgumentException("line " + line.number() + ": class " + Spelling.brief(label(line))
                        + " is in the validation part alone, expected one of the "
                        + classes.size()
                        + " classes of the training part");
            }
        }
        return new LabelledData.Part(sequences, labels);
    }

    private static String label(Lines.Line line) {
        return line.text().substring(0, tab(line)).strip();
    }

    private static String text(Lines.Line line) {
        return line.text().substring(tab(line) + 1).strip();
    }

    private static int tab(Lines.Line line) {
        int tab = line.text().indexOf('\t');
        if (tab < 1) {
            throw new IllegalArgumentException(
                    "line " + line.number() + ": expected the name of a class, a tab, and a text");
        }
        return tab;
    }
}
