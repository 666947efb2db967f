package org.rnn4j.training.text;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Origin;

/**
 * Many questions and their answers: a line is a question, a tab, and its answer. Blank lines are skipped, and the others are assigned to the parts at
 * random. See {@link PairsData}.
 *
 * <pre>
 * data: {type: Pairs, file: dates.tsv, unit: character, reading: reversed, rows: 128}
 * model:
 *   inputs: [source, target]
 *   nodes:
 *     read:    {inputs: [source], layer: {type: Embedding, ids: $source, width: 16}}
 *     encoder: {inputs: [read], layer: {type: Encoder, cell: {type: LSTM, inputs: 16, hidden: 128}}}
 *     write:   {inputs: [target], layer: {type: Embedding, ids: $target, width: 16}}
 *     decoder: {inputs: [write, encoder.h, encoder.c], layer: {type: Decoder, cell: {type: LSTM, inputs: 16, hidden: 128}}}
 *     output:  {inputs: [decoder], layer: {type: Affine, inputs: 128, outputs: $target}}
 *   outputs: [output]
 * training: {epochs: 8, clip: 5, metrics: [exact match]}
 * </pre>
 *
 * <p>Each side has its own vocabulary, with an unknown token and the tokenizer's boundary, which surrounds answers.
 *
 * @param resource see {@link Origin}
 * @param file see {@link Origin}
 * @param unit what a step is, on both sides; characters by default
 * @param reading from where questions are read; from their beginning by default
 * @param rows N, how many pairs are in a batch
 * @param minimumCount tokens that a side of the training part has less often are unknown there; 1 by default
 * @param maximumSize the most ids there may be on either side, those of the unknown token and of the boundary included; no limit by default
 * @param train the training part's fraction of the lines; 0.9 by default
 * @param validation the validation part's fraction; 0.05 by default. The rest is for tests
 * @param seed what the parts and the order of the pairs depend on; 1 by default
 */
public record PairsSource(
        String resource,
        String file,
        Unit unit,
        Reading reading,
        int rows,
        Integer minimumCount,
        Integer maximumSize,
        Double train,
        Double validation,
        Long seed)
        implements DataSource {
    /** Checks the values, and sets the defaults. */
    public PairsSource {
        SentencesSource checked =
                new SentencesSource(resource, file, unit, rows, minimumCount, maximumSize, train, validation, seed);
        unit = checked.unit();
        reading = reading == null ? Reading.FORWARD : reading;
        minimumCount = checked.minimumCount();
        maximumSize = checked.maximumSize();
        train = checked.train();
        validation = checked.validation();
        seed = checked.seed();
    }

    private static Lines.Halves cut(Lines.Line line) {
        return line.cutOnce("a question, a tab, and an answer", "");
    }

    @Override
    public PairsData load() throws IOException {
        return load(UnaryOperator.identity());
    }

    @Override
    public PairsData test() throws IOException {
        return load(Lines::tested);
    }

    private PairsData load(UnaryOperator<Lines<Lines.Line>> judged) throws IOException {
        return new Origin(resource, file).load(corpus -> {
            Lines<Lines.Line> lines = judged.apply(Lines.of(corpus, train, validation, seed));
            List<Lines.Halves> training =
                    lines.train().stream().map(PairsSource::cut).toList();
            List<Lines.Halves> held =
                    lines.validation().stream().map(PairsSource::cut).toList();
            PairsData.Sides sides = new PairsData.Sides(
                    vocabulary(training.stream().map(Lines.Halves::before).toList()),
                    vocabulary(training.stream().map(Lines.Halves::after).toList()),
                    reading);
            return new PairsData(part(training, sides), part(held, sides), sides, rows, seed);
        });
    }

    private Vocabulary vocabulary(List<String> texts) {
        return Lines.vocabulary(texts, unit.tokenizer(), minimumCount, maximumSize);
    }

    private static PairsData.Part part(List<Lines.Halves> pairs, PairsData.Sides sides) {
        int[][] questions = new int[pairs.size()][];
        int[][] answers = new int[pairs.size()][];
        for (int i = 0; i < questions.length; i++) {
            Lines.Halves pair = pairs.get(i);
            questions[i] = sides.questions().encode(pair.before());
            answers[i] = sides.answers().encode(pair.after());
            if (questions[i].length == 0 || answers[i].length == 0) {
                throw new IllegalArgumentException("line " + pair.line() + ": nothing to "
                        + (questions[i].length == 0 ? "read before" : "write after") + " the tab");
            }
        }
        return new PairsData.Part(questions, answers);
    }
}
