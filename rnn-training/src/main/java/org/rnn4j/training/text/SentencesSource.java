package org.rnn4j.training.text;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.rnn4j.api.Spec;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Origin;
import org.rnn4j.training.data.Split;

/**
 * Many sentences for a language model, one per line; blank lines are skipped, and the others are assigned to the parts at random. See
 * {@link SentencesData}.
 *
 * <pre>
 * data: {type: Sentences, file: definitions.txt, unit: word, rows: 32, minimumCount: 3}
 * </pre>
 *
 * @param resource see {@link Origin}
 * @param file see {@link Origin}
 * @param unit what is predicted; characters by default
 * @param rows N, how many sentences are in a batch
 * @param minimumCount tokens that the training part has less often are unknown; 1 by default
 * @param maximumSize the most ids there may be, those of the unknown token and of the boundary included; no limit by default
 * @param train the training part's fraction of the lines; 0.9 by default
 * @param validation the validation part's fraction; 0.05 by default. The rest is for tests
 * @param seed what the parts and the order of the sentences depend on; 1 by default
 */
public record SentencesSource(
        String resource,
        String file,
        Unit unit,
        int rows,
        Integer minimumCount,
        Integer maximumSize,
        Double train,
        Double validation,
        Long seed)
        implements DataSource {
    /** Checks the values. */
    public SentencesSource {
        unit = unit == null ? Unit.CHARACTER : unit;
        minimumCount = minimumCount == null ? 1 : minimumCount;
        maximumSize = maximumSize == null ? Integer.MAX_VALUE : maximumSize;
        train = train == null ? 0.9 : train;
        validation = validation == null ? 0.05 : validation;
        seed = seed == null ? 1L : seed;
        Origin.check(resource, file);
        Spec.atLeast(1, "rows", rows);
        Spec.atLeast(1, "minimumCount", minimumCount);
        Spec.atLeast(3, "maximumSize", maximumSize);
        Split.check(train, validation);
    }

    @Override
    public SentencesData load() throws IOException {
        return load(UnaryOperator.identity());
    }

    @Override
    public SentencesData test() throws IOException {
        return load(Lines::tested);
    }

    private SentencesData load(UnaryOperator<Lines<Lines.Line>> judged) throws IOException {
        return new Origin(resource, file).load(corpus -> {
            Lines<Lines.Line> lines = judged.apply(Lines.of(corpus, train, validation, seed));
            List<String> training = texts(lines.train());
            Vocabulary vocabulary = Lines.vocabulary(training, unit.tokenizer(), minimumCount, maximumSize);
            return new SentencesData(
                    ids(training, vocabulary), ids(texts(lines.validation()), vocabulary), vocabulary, rows, seed);
        });
    }

    private static List<String> texts(List<Lines.Line> lines) {
        return lines.stream().map(Lines.Line::text).toList();
    }

    private static int[][] ids(List<String> sentences, Vocabulary vocabulary) {
        return sentences.stream().map(vocabulary::encode).toArray(int[][]::new);
    }
}
