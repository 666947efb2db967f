package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.util.List;
import org.rnn4j.api.Spec;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.text.LabelledData;
import org.rnn4j.training.text.Vocabulary;

/**
 * The definitions of WordNet whose words people rated, negative and positive, and the rated words of the training part, for a model that gives one
 * output for each; see {@link Glosses}. Ids are those of the language model of {@link GlossesSource}.
 *
 * <pre>
 * data: {type: examples.RatedGlosses, letters: 5, minimumCount: 8, rows: 32, dealt: 1, seed: $seed}
 * </pre>
 *
 * @param letters how many letters of a word are read, see {@link Stems}
 * @param minimumCount tokens that the language model's training part has less often are unknown
 * @param rows N, how many are in a batch
 * @param dealt what the parts depend on; the seed of the language model
 * @param seed what the order of learning depends on
 */
public record RatedGlossesSource(int letters, int minimumCount, int rows, long dealt, long seed) implements DataSource {
    /** Checks the values. */
    public RatedGlossesSource {
        Spec.atLeast(1, "letters", letters);
        Spec.atLeast(1, "minimumCount", minimumCount);
        Spec.atLeast(1, "rows", rows);
    }

    @Override
    public LabelledData load() throws IOException {
        Glosses glosses = Glosses.read(dealt);
        return of(glosses, vocabulary(glosses), glosses.validation());
    }

    @Override
    public LabelledData test() throws IOException {
        Glosses glosses = Glosses.read(dealt);
        return of(glosses, vocabulary(glosses), glosses.test());
    }

    /** That of the language model. */
    Vocabulary vocabulary(Glosses glosses) {
        Stems stems = new Stems(letters);
        return GlossesSource.vocabulary(GlossesSource.text(glosses, stems, dealt), stems, minimumCount);
    }

    /** What is learnt of glosses that were read already, beside one of the other parts. */
    LabelledData of(Glosses glosses, Vocabulary vocabulary, List<Glosses.Rated> judged) {
        LabelledData.Names names = new LabelledData.Names(vocabulary, List.of("negative", "positive"));
        return new LabelledData(part(glosses.learnt(), vocabulary), part(judged, vocabulary), names, rows, seed)
                .pooled();
    }

    /** The network is told where a text begins and ends. */
    private static LabelledData.Part part(List<Glosses.Rated> glosses, Vocabulary vocabulary) {
        String edge = vocabulary.tokenizer().boundary();
        return new LabelledData.Part(
                glosses.stream()
                        .map(gloss -> vocabulary.encode(edge + " " + gloss.text() + " " + Glosses.FOR))
                        .toArray(int[][]::new),
                glosses.stream().mapToInt(Glosses.Rated::label).toArray());
    }
}
