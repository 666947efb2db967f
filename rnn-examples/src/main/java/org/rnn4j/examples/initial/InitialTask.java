package org.rnn4j.examples.initial;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rnn4j.examples.shared.Trained;

/** A small training by which initial values are compared: a configuration file; {@link PyTorch} has the same models. */
enum InitialTask {
    /** The adding problem. */
    ADDING("squared error × 1000", 1000),
    /** The forecast example's series: by how much the seasonal naive forecast is wrong, one network, without dropout. */
    TRAFFIC("quantile loss × 1000", 1000),
    /** The dates example with half of its units. */
    DATES("nats a character", 1),
    /** The quickstart with half of its units. */
    DICKENS("bits a character", 1 / StrictMath.log(2));

    private final String unit;
    private final double scale;

    /**
     * A task.
     *
     * @param unit what its result is
     * @param scale what the loss is multiplied by to give the result
     */
    InitialTask(String unit, double scale) {
        this.unit = unit;
        this.scale = scale;
    }

    /** The names of all. */
    static List<String> names() {
        return Stream.of(values()).map(InitialTask::label).toList();
    }

    /** The task of a name. */
    static InitialTask of(String name) {
        return Stream.of(values())
                .filter(task -> task.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no task " + name + ", expected some of " + names()));
    }

    /** What the table calls it, and the name of its configuration file and of the model in Python. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its result is. */
    String unit() {
        return unit;
    }

    /** The result where this is the loss on the validation part. */
    double result(double loss) {
        return scale * loss;
    }

    /** The result of a run: of the last validation's loss. */
    double result(Trained trained) {
        return result(trained.run().trainer().lastScores().orElseThrow().loss());
    }
}
