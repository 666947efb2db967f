package org.rnn4j.training.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Origin;

/**
 * Many sequences in which each token has a tag: a line is a token, a tab, and its tag, and a blank line ends a sequence. The sequences are assigned
 * to the parts at random. Tokens are used as they are written. See {@link TaggedData}.
 *
 * <pre>
 * data: {type: Tagged, file: names.tsv, rows: 32, minimumCount: 2}
 * model:
 *   chain:
 *     embed:  {type: Embedding, ids: $vocabulary, width: 64}
 *     lstm:   {type: TimeLSTM, inputs: 64, hidden: 64}
 *     output: {type: Affine, inputs: 64, outputs: $tags}
 * training: {epochs: 5, metrics: [accuracy, macro F1]}
 * </pre>
 *
 * <p>A token that the training part does not have, or has less often than {@code minimumCount}, is unknown. A tag that the training part does not
 * have is an error: ignoring it would make the model look better than it is.
 *
 * @param resource see {@link Origin}
 * @param file see {@link Origin}
 * @param rows N, how many sequences are in a batch
 * @param minimumCount tokens that the training part has less often are unknown; 1 by default
 * @param maximumSize the most ids there may be, the unknown token's included; no limit by default
 * @param train the training part's fraction of the sequences; 0.9 by default
 * @param validation the validation part's fraction; 0.05 by default. The rest is for tests
 * @param seed what the parts and the order of the sequences depend on; 1 by default
 */
public record TaggedSource(
        String resource,
        String file,
        int rows,
        Integer minimumCount,
        Integer maximumSize,
        Double train,
        Double validation,
        Long seed)
        implements DataSource {
    /** Checks the values, and sets the defaults. */
    public TaggedSource {
        SentencesSource checked = new SentencesSource(
                resource, file, Unit.WORD, rows, minimumCount, maximumSize, train, validation, seed);
        minimumCount = checked.minimumCount();
        maximumSize = checked.maximumSize();
        train = checked.train();
        validation = checked.validation();
        seed = checked.seed();
    }

    @Override
    public TaggedData load() throws IOException {
        return load(UnaryOperator.identity());
    }

    @Override
    public TaggedData test() throws IOException {
        return load(Lines::tested);
    }

    private TaggedData load(UnaryOperator<Lines<List<Lines.Halves>>> judged) throws IOException {
        return new Origin(resource, file).load(corpus -> {
            Lines<List<Lines.Halves>> sequences = judged.apply(Lines.dealt(sequences(corpus), train, validation, seed));
            Vocabulary vocabulary = Vocabulary.of(
                    new LineTokenizer(),
                    sequences.train().stream()
                            .flatMap(List::stream)
                            .map(Lines.Halves::before)
                            .collect(Collectors.joining("\n")),
                    minimumCount,
                    maximumSize);
            NumberedNames tags = NumberedNames.of(
                    "tag",
                    "tags",
                    sequences.train().stream().flatMap(List::stream).map(Lines.Halves::after));
            return new TaggedData(
                    part(sequences.train(), vocabulary, tags),
                    part(sequences.validation(), vocabulary, tags),
                    new TaggedData.Names(vocabulary, tags.names()),
                    rows,
                    seed);
        });
    }

    private static List<List<Lines.Halves>> sequences(Corpus corpus) {
        List<List<Lines.Halves>> sequences = new ArrayList<>();
        boolean ended = true;
        for (Lines.Line line : Lines.numbered(corpus)) {
            boolean blank = line.text().isEmpty();
            if (!blank) {
                if (ended) {
                    sequences.add(new ArrayList<>());
                }
                sequences
                        .get(sequences.size() - 1)
                        .add(line.cutOnce("a token, a tab, and its tag", ", or nothing where a sequence ends"));
            }
            ended = blank;
        }
        return sequences;
    }

    private static TaggedData.Part part(
            List<List<Lines.Halves>> sequences, Vocabulary vocabulary, NumberedNames numbers) {
        int[][] ids = new int[sequences.size()][];
        int[][] tags = new int[sequences.size()][];
        for (int i = 0; i < ids.length; i++) {
            List<Lines.Halves> sequence = sequences.get(i);
            ids[i] = sequence.stream()
                    .mapToInt(tagged -> vocabulary.id(tagged.before()))
                    .toArray();
            tags[i] = sequence.stream()
                    .mapToInt(tagged -> numbers.of(tagged.line(), tagged.after()))
                    .toArray();
        }
        return new TaggedData.Part(ids, tags);
    }
}
