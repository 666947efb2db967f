package org.rnn4j.training.text;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.data.Fingerprint;
import org.rnn4j.training.data.SequenceBatches;
import org.rnn4j.training.metric.ComparisonMetric;
import org.rnn4j.training.metric.Majority;
import org.rnn4j.training.metric.Mean;

/**
 * Many sequences of ids, with a tag for each id: padded batches of sequences of similar length from {@link SequenceBatches#ofTags}, for a model whose
 * output is the scores of all tags at each step, (N,T,C).
 *
 * <p>The baselines report the accuracy of the most frequent tag, and of the most frequent tag of the id in the training part; for an id that is not
 * there, the most frequent tag of all. Cost: one sort of the training part.
 */
public final class TaggedData implements DataSet {
    private final SequenceBatches training;
    private final SequenceBatches validation;
    private final List<Baseline> baselines;
    private final Names names;
    private final String fingerprint;

    /**
     * Sequences and their tags.
     *
     * @param sequences of ids, none empty; not modified
     * @param tags one for each id, from 0; not modified
     */
    public record Part(int[][] sequences, int[][] tags) {
        /** Checks that there are as many tags as ids. */
        public Part {
            if (sequences.length != tags.length) {
                throw new IllegalArgumentException(sequences.length + " sequences and " + tags.length
                        + " sequences of tags: expected one for each");
            }
        }

        private int[] allTags() {
            return Arrays.stream(tags).flatMapToInt(Arrays::stream).toArray();
        }
    }

    /**
     * What the numbers mean.
     *
     * @param vocabulary the tokens by id
     * @param tags the names of the tags by number; copied
     */
    public record Names(Vocabulary vocabulary, List<String> tags) {
        /** Copies the list. */
        public Names {
            tags = List.copyOf(tags);
        }
    }

    /**
     * Prepares sequences.
     *
     * @param names what ids and tags mean
     * @param rows N, how many sequences are in a batch
     * @param seed what the order of the sequences depends on
     * @throws IllegalArgumentException if there is no sequence, or one is empty or has more or fewer tags
     */
    public TaggedData(Part training, Part validation, Names names, int rows, long seed) {
        this.training = DataSource.named(
                "training part", () -> SequenceBatches.ofTags(training.sequences(), training.tags(), rows, seed));
        this.validation = DataSource.named(
                "validation part", () -> SequenceBatches.ofTags(validation.sequences(), validation.tags(), rows, seed));
        Majority majority = Majority.of(training.allTags());
        String label = ComparisonMetric.ACCURACY.label();
        this.baselines = List.of(
                new Baseline(
                        "majority", label, majority.score(validation.allTags()).value()),
                new Baseline(
                        "most frequent tag of the token",
                        label,
                        score(mostFrequent(training, names, majority.label()), validation)));
        this.names = names;
        Fingerprint hash = new Fingerprint()
                .add("tagged")
                .add(String.join("\0", names.vocabulary().tokens()))
                .add(String.join("\0", names.tags()))
                .add(rows, seed);
        for (Part part : List.of(training, validation)) {
            hash.add(new long[] {part.sequences().length});
            Arrays.stream(part.sequences()).forEach(hash::add);
            Arrays.stream(part.tags()).forEach(hash::add);
        }
        this.fingerprint = hash.digits();
    }

    /** The tag of each id; of equally frequent ones, the smallest number. A table of all counts could be as large as the text's square. */
    private static int[] mostFrequent(Part training, Names names, int otherwise) {
        long tags = names.tags().size();
        long[] both = new long[training.allTags().length];
        int end = 0;
        for (int i = 0; i < training.sequences().length; i++) {
            for (int t = 0; t < training.sequences()[i].length; t++) {
                both[end++] = training.sequences()[i][t] * tags + training.tags()[i][t];
            }
        }
        Arrays.sort(both);
        int[] result = new int[names.vocabulary().size()];
        Arrays.fill(result, otherwise);
        int[] most = new int[result.length];
        for (int from = 0; from < both.length; ) {
            int to = from;
            while (to < both.length && both[to] == both[from]) {
                to++;
            }
            int id = (int) (both[from] / tags);
            if (to - from > most[id]) {
                most[id] = to - from;
                result[id] = (int) (both[from] % tags);
            }
            from = to;
        }
        return result;
    }

    private static double score(int[] tagOfId, Part part) {
        Mean mean = new Mean();
        for (int i = 0; i < part.sequences().length; i++) {
            for (int t = 0; t < part.sequences()[i].length; t++) {
                int said = tagOfId[part.sequences()[i][t]];
                mean.add(ComparisonMetric.ACCURACY.term(said, part.tags()[i][t]), 1);
            }
        }
        return mean.value();
    }

    /** What ids and tags mean. */
    public Names names() {
        return names;
    }

    @Override
    public Batches training() {
        return training;
    }

    @Override
    public Batches validation() {
        return validation;
    }

    @Override
    public List<Baseline> baselines() {
        return baselines;
    }

    /** {@code vocabulary}, the number of ids, and {@code tags}. */
    @Override
    public Map<String, Integer> sizes() {
        return Map.of(
                "vocabulary", names.vocabulary().size(), "tags", names.tags().size());
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
