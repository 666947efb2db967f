package org.rnn4j.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rnn4j.training.metric.Metric;

/** What a run's losses and scores were so far: which was the best, and whether training diverged. */
final class History {
    /** The loss of the last step beside that of the first. */
    private static final double DIVERGED = 10;

    private final List<Metric> metrics;

    /** Copied where one is added, so that a schedule can be given it at every step. */
    private List<Double> validationLosses = List.of();
    /** Of what decides what is best: the first metric, or the loss. NaN before the first validation. */
    private double best = Double.NaN;
    /** Null before the first validation of this process. */
    private Scores lastScores;

    /** The loss of the first step, beside which one sees that a run diverged; NaN before it. */
    private double firstLoss = Double.NaN;
    /** The loss of the last step that this process took; NaN before it. */
    private double lastLoss = Double.NaN;

    /**
     * Nothing so far.
     *
     * @param metrics the first decides what is best; none for the loss
     */
    History(List<Metric> metrics) {
        this.metrics = metrics;
    }

    /** Goes on from what a checkpoint says. */
    void restore(SavedRun saved) {
        validationLosses = saved.validationLosses();
        best = saved.best();
        firstLoss = saved.firstLoss();
        lastLoss = Double.NaN;
        lastScores = null;
    }

    /** Adds the loss of a step. */
    void stepped(long step, double loss) {
        firstLoss = step == 0 ? loss : firstLoss;
        lastLoss = loss;
    }

    /** Adds a validation's scores, and says whether they are the best so far. */
    boolean validated(Scores scores) {
        double judged = judged(scores);
        boolean isBest = !Double.isNaN(judged) && (Double.isNaN(best) || better(judged, best));
        best = isBest ? judged : best;
        List<Double> losses = new ArrayList<>(validationLosses);
        losses.add(scores.loss());
        validationLosses = List.copyOf(losses);
        lastScores = scores;
        return isBest;
    }

    /** Scores that belong to the end of a run on which nothing depends any more. */
    void looked(Scores scores) {
        lastScores = scores;
    }

    List<Double> validationLosses() {
        return validationLosses;
    }

    double best() {
        return best;
    }

    double firstLoss() {
        return firstLoss;
    }

    Optional<Scores> lastScores() {
        return Optional.ofNullable(lastScores);
    }

    /** The number that decides which state is best: the first metric, or the loss if there is none. */
    private double judged(Scores scores) {
        return metrics.isEmpty()
                ? scores.loss()
                : scores.metrics().get(metrics.get(0).label());
    }

    private boolean better(double value, double than) {
        return metrics.isEmpty() ? value < than : metrics.get(0).better(value, than);
    }

    /** The message about a run that ends far worse than it began: the losses of two batches may differ by chance, but not by this factor. */
    String divergence() {
        return lastLoss > DIVERGED * firstLoss && lastLoss > firstLoss
                ? ", but training diverged: the loss of the last step is " + lastLoss + ", and that of the first was "
                        + firstLoss + ". " + Failures.ADVICE
                : "";
    }
}
