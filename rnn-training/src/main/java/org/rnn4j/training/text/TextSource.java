package org.rnn4j.training.text;

import java.io.IOException;
import java.util.function.UnaryOperator;
import org.rnn4j.api.Spec;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Origin;
import org.rnn4j.training.data.Split;

/**
 * One long text for a language model. See {@link TextData}.
 *
 * <pre>
 * data: {type: Text, resource: dickens.txt, unit: character, rows: 32, steps: 64}
 * </pre>
 *
 * @param resource see {@link Origin}
 * @param file see {@link Origin}
 * @param unit what is predicted; characters by default
 * @param rows N, how many pieces of the text are read side by side
 * @param steps T, how many tokens a window has
 * @param minimumCount tokens that the training part has less often are unknown; 1 where left out
 * @param maximumSize the most ids there may be, the unknown token's included; without a limit where left out
 * @param train the training part's fraction of the characters; 0.9 where left out
 * @param validation the validation part's fraction; 0.05 where left out. The rest is for tests, see {@link #test}
 */
public record TextSource(
        String resource,
        String file,
        Unit unit,
        int rows,
        int steps,
        Integer minimumCount,
        Integer maximumSize,
        Double train,
        Double validation)
        implements DataSource {
    /** Checks the values. */
    public TextSource {
        unit = unit == null ? Unit.CHARACTER : unit;
        minimumCount = minimumCount == null ? 1 : minimumCount;
        maximumSize = maximumSize == null ? Integer.MAX_VALUE : maximumSize;
        train = train == null ? 0.9 : train;
        validation = validation == null ? 0.05 : validation;
        Origin.check(resource, file);
        Spec.atLeast(1, "rows", rows);
        Spec.atLeast(1, "steps", steps);
        Spec.atLeast(1, "minimumCount", minimumCount);
        Spec.atLeast(2, "maximumSize", maximumSize);
        Split.check(train, validation);
    }

    @Override
    public TextData load() throws IOException {
        return load(parts -> parts);
    }

    @Override
    public TextData test() throws IOException {
        return load(parts -> new Corpus.Parts(parts.train(), parts.test(), ""));
    }

    private TextData load(UnaryOperator<Corpus.Parts> judged) throws IOException {
        return new Origin(resource, file).load(corpus -> {
            Corpus.Parts parts = judged.apply(corpus.split(train, validation));
            Vocabulary vocabulary = Vocabulary.of(unit.tokenizer(), parts.train(), minimumCount, maximumSize);
            return new TextData(parts, vocabulary, rows, steps);
        });
    }
}
