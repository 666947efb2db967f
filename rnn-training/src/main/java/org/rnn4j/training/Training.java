package org.rnn4j.training;

import java.nio.file.Path;
import java.util.List;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;

/** What a {@link Listener} can know of the training that it sees, and ask of it. A {@link Trainer} is one. */
public interface Training {
    /** The number of steps taken, also those before a resume. */
    long step();

    /** The model to judge, to save for use and to serve: what is trained or, once averaging has begun, a copy with the averages so far. */
    Model model();

    /** What was allowed to be other than in the checkpoint that this run goes on from, and is: {@code schedule.rate is 0.1 in …}. */
    List<String> changes();

    /**
     * Everything that determines how the run goes on. Between two steps.
     *
     * @throws TrainingException where a carried state is NaN or infinite: nothing can go on from that
     * @throws IllegalStateException where the parameters were lost, or changed by another trainer, or where another thread trains
     */
    Checkpoint checkpoint();

    /** Says where the state, as it is now, was saved: for messages. */
    void savedTo(Path checkpoint);

    /** Whether the state of the last step was {@linkplain #savedTo saved}. */
    boolean isSaved();

    /** Asks the run to end after the step that it is in, or the next one before its first step. The first reason counts. From any thread. */
    void stop(String reason);

    /** As {@link #stop}, where nothing is left to do: the run is finished. */
    void finish(String reason);
}
