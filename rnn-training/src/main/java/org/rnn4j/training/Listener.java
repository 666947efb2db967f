package org.rnn4j.training;

import java.util.Map;

/**
 * Sees a training run happen: prints, draws, writes, saves, or asks it to stop. Every method is called on the thread that trains, between
 * two steps.
 */
public interface Listener {
    /** Before the first step of this process, new run or resumed. */
    default void started(Training training) {}

    /** After a step. */
    default void stepped(StepReport report) {}

    /** After a validation, which follows the step of the same number. */
    default void validated(ValidationReport report) {}

    /**
     * After everything that belongs to a step, its validation included: the state now is one to resume from, because the next step's loss and gradients
     * were found to be finite.
     */
    default void completed(long step) {}

    /** Before the state is saved: what this listener has written of the steps so far must be on disk when this returns, if a resume needs it. */
    default void saving() {}

    /** After the last step of this process. */
    default void ended(Ending ending) {}

    /** What must be known to go on in another process, as plain values (maps, lists, strings, numbers, booleans). */
    default Map<String, Object> state() {
        return Map.of();
    }

    /**
     * Goes on from what {@link #state} gave; empty where it gave nothing, or was no listener of the run then.
     *
     * @throws IllegalArgumentException where it cannot have given that; then nothing was changed
     */
    default void restore(Map<String, Object> state) {}

    /**
     * What of its configuration has a say in how the run goes on, as plain values; what a listener only writes or prints has none. A run is not
     * resumed with others unless that is allowed.
     */
    default Map<String, Object> settings() {
        return Map.of();
    }

    /** Under which name {@link #state} is saved; unique in a run. */
    default String name() {
        return getClass().getSimpleName();
    }

    /**
     * One training step.
     *
     * @param step its number, from 1
     * @param totalSteps how many there will be
     * @param epoch which time through the data, from 1
     * @param loss before the step
     * @param gradientNorm the global norm before clipping
     * @param rate the learning rate
     * @param positions how many valid positions it learnt from
     */
    record StepReport(
            long step, long totalSteps, long epoch, double loss, double gradientNorm, double rate, long positions) {}

    /**
     * One validation.
     *
     * @param step the number of steps taken before it
     * @param scores how well the model did
     * @param best whether it did better than ever before
     */
    record ValidationReport(long step, Scores scores, boolean best) {}

    /**
     * How a run ended in this process.
     *
     * @param step the number of steps taken
     * @param reason why, in words: {@code all 500 steps are done}
     * @param finished whether there is nothing left to do: false where the run can be resumed
     * @param failed whether the state is not fit to be saved
     */
    record Ending(long step, String reason, boolean finished, boolean failed) {}
}
