package org.rnn4j.training.text;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Origin;

/**
 * Many short texts, each with a class: a line is the name of the class, a tab, and the text. Blank lines are skipped, and the others are assigned to
 * the parts at random. See {@link LabelledData}.
 *
 * <pre>
 * data: {type: Labelled, file: names.tsv, unit: character, rows: 64}
 * </pre>
 *
 * @param resource see {@link Origin}
 * @param file see {@link Origin}
 * @param unit what a step is; characters by default
 * @param rows N, how many texts are in a batch
 * @param minimumCount tokens that the training part has less often are unknown; 1 by default
 * @param maximumSize the most ids there may be; no limit by default
 * @param train the training part's fraction of the lines; 0.9 by default
 * @param validation the validation part's fraction; 0.05 by default. The rest is for tests
 * @param seed what the parts and the order of the texts depend on; 1 by default
 * @param pooled whether the model has one output per text instead of one per step; false by default, see
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
    /** Checks the values, and sets the defaults. */
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
        return load(UnaryOperator.identity());
    }

    @Override
    public LabelledData test() throws IOException {
        return load(Lines::tested);
    }

    private LabelledData load(UnaryOperator<Lines<Lines.Line>> judged) throws IOException {
        return new Origin(resource, file).load(corpus -> {
            Lines<Lines.Line> lines = judged.apply(Lines.of(corpus, train, validation, seed));
            List<Lines.Halves> training = cut(lines.train());
            NumberedNames classes =
                    NumberedNames.of("class", "classes", training.stream().map(Lines.Halves::before));
            Vocabulary vocabulary = Lines.vocabulary(
                    training.stream().map(Lines.Halves::after).toList(), unit.tokenizer(), minimumCount, maximumSize);
            LabelledData.Names names = new LabelledData.Names(vocabulary, classes.names());
            LabelledData data = new LabelledData(
                    part(training, vocabulary, classes),
                    part(cut(lines.validation()), vocabulary, classes),
                    names,
                    rows,
                    seed);
            return pooled ? data.pooled() : data;
        });
    }

    private static List<Lines.Halves> cut(List<Lines.Line> lines) {
        return lines.stream()
                .map(line -> line.cut("the name of a class, a tab, and a text"))
                .toList();
    }

    private static LabelledData.Part part(List<Lines.Halves> lines, Vocabulary vocabulary, NumberedNames classes) {
        int[][] sequences = new int[lines.size()][];
        int[] labels = new int[lines.size()];
        for (int i = 0; i < labels.length; i++) {
            Lines.Halves line = lines.get(i);
            sequences[i] = vocabulary.encode(line.after());
            if (sequences[i].length == 0) {
                throw new IllegalArgumentException("line " + line.line() + ": nothing to read after the tab");
            }
            labels[i] = classes.of(line.line(), line.before());
        }
        return new LabelledData.Part(sequences, labels);
    }
}
