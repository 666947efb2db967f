package org.rnn4j.training;

import java.util.Map;

/**
 * Observes a training run: prints, draws, writes, saves, or asks it to stop. Every method is called on the training thread, between two steps.
 */
public interface Listener {
    /** Before the first step of this process, in a new run or a resumed one. */
    default void started(Training training) {}

    /** After a step. */
    default void stepped(StepReport report) {}

    /** After a validation, which follows the step of the same number. */
    default void validated(ValidationReport report) {}

    /**
     * After everything that belongs to a step, including its validation. The current state can be resumed from, because the next step's loss and
     * gradients were found to be finite.
     */
    default void completed(long step) {}

    /** Before the state is saved. When this returns, whatever this listener has written and a resume needs must be on disk. */
    default void saving() {}

    /** After the last step of this process. */
    default void ended(Ending ending) {}

    /** The state that is needed to continue in another process, as plain values (maps, lists, strings, numbers, booleans). */
    default Map<String, Object> state() {
        return Map.of();
    }

    /**
     * Continues from the result of {@link #state}; empty if there was none, or if this was not a listener of the run then.
     *
     * @throws IllegalArgumentException if the state is invalid; nothing has been changed then
     */
    default void restore(Map<String, Object> state) {}

    /**
     * The settings that influence the run, as plain values; settings that only concern output do not. A run is not resumed with other settings unless
     * that is allowed.
     */
    default Map<String, Object> settings() {
        return Map.of();
    }

    /** The name under which {@link #state} is saved; unique in a run. */
    default String name() {
        String simple = getClass().getSimpleName();
        // That of an anonymous class is empty.
        return simple.isEmpty() ? getClass().getName() : simple;
    }

    /**
     * One training step.
     *
     * @param step its number, from 1
     * @param totalSteps the number of steps of the run
     * @param epoch the number of the epoch, from 1
     * @param loss before the step
     * @param gradientNorm the global norm before clipping
     * @param rate the learning rate
     * @param positions the number of valid positions in the batch
     */
    record StepReport(
            long step, long totalSteps, long epoch, double loss, double gradientNorm, double rate, long positions) {}

    /**
     * One validation.
     *
     * @param step the number of steps taken before it
     * @param scores the scores of the model
     * @param best whether they are the best so far
     */
    record ValidationReport(long step, Scores scores, boolean best) {}

    /**
     * How a run ended in this process.
     *
     * @param step the number of steps taken
     * @param reason why, in words: {@code all 500 steps are done}
     * @param finished whether nothing is left to do; false if the run can be resumed
     * @param failed whether the state must not be saved
     */
    record Ending(long step, String reason, boolean finished, boolean failed) {}
}
