package org.rnn4j.training;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.rnn4j.api.LayerException;
import org.rnn4j.core.input.Reason;

/** What a trainer says where a step failed: at which step, of which step the parameters are, and from where the run can go on. */
final class Failures {
    static final String ADVICE = "A lower learning rate or a lower clip limit often helps.";

    /** Null for none. */
    private Path lastCheckpoint;

    /** Where a state was saved that the run can go on from. */
    void savedTo(Path checkpoint) {
        lastCheckpoint = checkpoint;
    }

    /** Numbers that went wrong at a step. */
    TrainingException numbers(Place place, String what) {
        return new TrainingException(unmoved(place, what) + " " + ADVICE, null);
    }

    /** The parameters are of no step any more. */
    TrainingException lost(String how, RuntimeException cause) {
        String advice = cause instanceof ArithmeticException ? " " + ADVICE : "";
        return new TrainingException("the parameters were lost " + how + "; " + whereToGoOn() + advice, cause);
    }

    /**
     * A step.
     *
     * @param at the one that failed
     * @param parameters the one that the parameters are of
     */
    record Place(long at, long parameters) {
        /** The step behind so many, which has not moved the parameters. */
        static Place next(long steps) {
            return new Place(steps + 1, steps);
        }

        /** What belongs to the last of so many steps, and comes after it moved the parameters. */
        static Place after(long steps) {
            return new Place(steps, steps);
        }
    }

    /** Adds the step to a failure in third-party code, unless its message already names the place. */
    <R> R guarded(Place place, String what, Supplier<R> part) {
        try {
            return part.get();
        } catch (LayerException | UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new TrainingException(unmoved(place, what + ": " + Reason.words(e)), e);
        }
    }

    private String unmoved(Place place, String what) {
        return "step " + place.at + ": " + what + ". The parameters are those of step " + place.parameters + "; "
                + whereToGoOn();
    }

    private String whereToGoOn() {
        return lastCheckpoint == null
                ? "no checkpoint was saved."
                : "the last good checkpoint is " + lastCheckpoint + ".";
    }
}
