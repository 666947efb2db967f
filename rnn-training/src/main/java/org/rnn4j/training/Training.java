package org.rnn4j.training;

import java.nio.file.Path;
import java.util.List;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;

/** The training as a {@link Listener} sees it, and what it can ask of it. A {@link Trainer} implements this. */
public interface Training {
    /** The number of steps taken, including those before a resume. */
    long step();

    /** The model to validate, save and serve: the model that is trained or, once averaging has begun, a copy with the averages so far. */
    Model model();

    /** The allowed differences from the checkpoint that this run was resumed from: {@code schedule.rate is 0.1 in …}. */
    List<String> changes();

    /**
     * Everything that determines how the run continues. Call it between two steps.
     *
     * @throws TrainingException if a carried state is NaN or infinite, because nothing can continue from that
     * @throws IllegalStateException if the parameters were lost, or changed by another trainer, or if another thread is training
     */
    Checkpoint checkpoint();

    /** Records where the current state was saved, for messages. */
    void savedTo(Path checkpoint);

    /** Whether the state of the last step was {@linkplain #savedTo saved}. */
    boolean isSaved();

    /**
     * Asks the run to end after the current step; if no run is in progress, the next one ends before its first step. The first reason counts. Any
     * thread may call this.
     */
    void stop(String reason);

    /** Like {@link #stop}, but marks the run as finished: nothing is left to do. */
    void finish(String reason);
}
