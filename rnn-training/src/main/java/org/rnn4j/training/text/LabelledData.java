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

/**
 * Many sequences of ids, each with one class to predict at its end: padded batches of sequences of similar length from
 * {@link SequenceBatches#ofLabels}; see {@link #pooled} for a model with one output per sequence. The baseline is the most frequent class.
 */
public final class LabelledData implements DataSet {
    private final SequenceBatches training;
    private final SequenceBatches validation;
    private final List<Baseline> baselines;
    private final Names names;
    private final String fingerprint;

    /**
     * Sequences and their classes.
     *
     * @param sequences of ids, none empty; not modified
     * @param labels the class of each, from 0; not modified
     */
    public record Part(int[][] sequences, int[] labels) {
        /** Checks that there are as many labels as sequences. */
        public Part {
            if (sequences.length != labels.length) {
                throw new IllegalArgumentException(
                        sequences.length + " sequences and " + labels.length + " labels: expected one for each");
            }
        }
    }

    /**
     * What the numbers mean.
     *
     * @param vocabulary the tokens by id
     * @param classes the names of the classes by number; copied
     */
    public record Names(Vocabulary vocabulary, List<String> classes) {
        /** Copies the list. */
        public Names {
            classes = List.copyOf(classes);
        }
    }

    /**
     * Prepares sequences.
     *
     * @param names what ids and labels mean
     * @param rows N, how many sequences are in a batch
     * @param seed what the order of the sequences depends on
     * @throws IllegalArgumentException if there is no sequence, or one is empty
     */
    public LabelledData(Part training, Part validation, Names names, int rows, long seed) {
        this.training = DataSource.named(
                "training part", () -> SequenceBatches.ofLabels(training.sequences(), training.labels(), rows, seed));
        this.validation = DataSource.named(
                "validation part",
                () -> SequenceBatches.ofLabels(validation.sequences(), validation.labels(), rows, seed));
        Majority majority = Majority.of(training.labels());
        this.baselines = List.of(new Baseline(
                "majority",
                ComparisonMetric.ACCURACY.label(),
                majority.score(validation.labels()).value()));
        this.names = names;
        Fingerprint hash = new Fingerprint()
                .add("labelled")
                .add(String.join("\0", names.vocabulary().tokens()))
                .add(String.join("\0", names.classes()))
                .add(rows, seed);
        for (Part part : List.of(training, validation)) {
            hash.add(part.labels()).add(part.sequences().length);
            Arrays.stream(part.sequences()).forEach(hash::add);
        }
        this.fingerprint = hash.digits();
    }

    private LabelledData(LabelledData of) {
        this.training = of.training.pooled();
        this.validation = of.validation.pooled();
        this.baselines = of.baselines;
        this.names = of.names;
        this.fingerprint = new Fingerprint().add("pooled").add(of.fingerprint).digits();
    }

    /**
     * The same for a model with one output (N,C) per sequence instead of one per step, (N,T,C): one with a layer such as
     * {@code LastValid}, {@code Mean} or {@code Max} in it.
     */
    public LabelledData pooled() {
        return new LabelledData(this);
    }

    /** What ids and labels mean. */
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

    /** {@code vocabulary}, the number of ids, and {@code classes}. */
    @Override
    public Map<String, Integer> sizes() {
        return Map.of(
                "vocabulary",
                names.vocabulary().size(),
                "classes",
                names.classes().size());
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }
}
