package org.rnn4j.examples.sentiment;

import java.io.IOException;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Spec;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Shuffle;
import org.rnn4j.training.text.TextData;
import org.rnn4j.training.text.Vocabulary;

/**
 * All definitions of WordNet in random order, as one text without labels, for a language model. 1,000 of them, and at most a tenth, validate it.
 *
 * <pre>
 * data: {type: examples.Glosses, letters: 5, minimumCount: 8, rows: 32, steps: 35, seed: $seed}
 * </pre>
 *
 * @param letters how many letters of a word are read, see {@link Stems}
 * @param minimumCount tokens that the training part has less often are unknown
 * @param rows N, how many pieces of the text are read side by side
 * @param steps T, how many tokens a window has
 * @param seed what the dealing of the labelled definitions and the order of all depend on
 */
public record GlossesSource(int letters, int minimumCount, int rows, int steps, long seed) implements DataSource {
    private static final int HELD = 1000;

    /** Checks the values. */
    public GlossesSource {
        Spec.atLeast(1, "letters", letters);
        Spec.atLeast(1, "minimumCount", minimumCount);
        Spec.atLeast(1, "rows", rows);
        Spec.atLeast(1, "steps", steps);
    }

    @Override
    public TextData load() throws IOException {
        return of(Glosses.read(seed));
    }

    /** Of glosses that were read already. */
    TextData of(Glosses glosses) {
        Stems stems = new Stems(letters);
        Corpus.Parts parts = text(glosses, stems, seed);
        return new TextData(parts, vocabulary(parts, stems, minimumCount), rows, steps);
    }

    /** The tokens of the training part that it has often enough. */
    static Vocabulary vocabulary(Corpus.Parts parts, Stems stems, int minimumCount) {
        return Vocabulary.of(stems, parts.train(), minimumCount, Integer.MAX_VALUE);
    }

    /** The boundary stands in front of every gloss and behind it. */
    static Corpus.Parts text(Glosses glosses, Stems stems, long seed) {
        int[] order =
                Shuffle.permutation(Draws.of(seed).at("text"), glosses.entries().size());
        int held = Math.min(HELD, order.length / 10);
        StringBuilder train = new StringBuilder(stems.boundary());
        StringBuilder validation = new StringBuilder(stems.boundary());
        for (int i = 0; i < order.length; i++) {
            (i < held ? validation : train)
                    .append(' ')
                    .append(glosses.entries().get(order[i]))
                    .append(' ')
                    .append(stems.boundary());
        }
        return new Corpus.Parts(train.toString(), validation.toString(), "");
    }
}
