package org.rnn4j.training;

import java.util.Objects;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Window;
import org.rnn4j.core.input.Reason;
import org.rnn4j.core.optim.Optimizer;

/**
 * The two halves of a step of gradient descent: the gradient of a batch, and the update of the parameters. Checks that nobody else has changed the
 * parameters since its last update, and remembers if an update that failed halfway has left them lost.
 */
final class Descent {
    private final Model model;
    private final Optimizer optimizer;
    private final Loss loss;
    /** Null for none. */
    private final Double clip;

    private final Failures failures;
    private final Gradients gradients = new Gradients();

    /** What the parameters' versions must add up to before the next step; negative where nothing is known yet. */
    private long versions = -1;
    /** How the parameters were lost; null while they are good. */
    private String lost;

    Descent(Model model, Optimizer optimizer, Loss loss, TrainerSettings settings, Failures failures) {
        this.model = model;
        this.optimizer = optimizer;
        this.loss = loss;
        this.clip = settings.clip();
        this.failures = failures;
    }

    /**
     * The clipped gradient of a batch, which is kept in this descent.
     *
     * @param loss before the step
     * @param norm of the gradients before clipping
     * @param carry the states after the window
     * @param positions how many valid positions the batch has
     */
    record Pull(double loss, double norm, Carry carry, long positions) {}

    /**
     * Computes the gradient of a batch without taking a step; a failure leaves everything as it was.
     *
     * @param step the steps taken
     * @throws TrainingException where the data fails, or where the loss, a penalty or a gradient is NaN or infinite
     */
    Pull pull(Batches batches, long step, Carry carry) {
        Failures.Place next = Failures.Place.next(step);
        Batch batch = failures.guarded(
                next,
                "batch " + step + " of the training part",
                () -> Objects.requireNonNull(batches.batch(step), "it is null"));
        Window window = batch.window(carry, step);
        Forward forward = model.forward(window);
        Tensor value = failures.guarded(
                next,
                "the loss",
                () -> LayerException.within(
                        "loss", () -> single(loss.of(forward.output(), batch.target(), batch.spans()))));
        if (!Double.isFinite(value.item())) {
            throw failures.numbers(
                    next,
                    "the loss is " + value.item() + ", "
                            + model.firstNonFinite(window)
                                    .map(layer -> "and the first layer with such an output is " + layer)
                                    .orElse("but every layer's output is finite"));
        }
        forward.penalty().filter(penalty -> !Double.isFinite(penalty.item())).ifPresent(penalty -> {
            throw failures.numbers(next, "the penalty that the layers add to the loss is " + penalty.item());
        });
        gradients.refill(forward.penalty().map(value::plus).orElse(value));
        double norm =
                clip == null ? gradients.norm(optimizer.parameters()) : gradients.clip(clip, optimizer.parameters());
        try {
            gradients.requireFinite(optimizer.parameters());
        } catch (ArithmeticException e) {
            throw failures.numbers(next, e.getMessage());
        }
        long positions = failures.guarded(
                next, "the positions of the loss", () -> loss.positions(batch.target(), batch.spans()));
        return new Pull(value.item(), norm, forward.carry(), positions);
    }

    private static Tensor single(Tensor loss) {
        if (loss == null || loss.shape().size() != 1) {
            throw new IllegalArgumentException(
                    "gave " + (loss == null ? "null" : loss.shape()) + ", expected one number");
        }
        return loss;
    }

    /**
     * Updates the parameters with the last {@link #pull}. A failure before the first of them has changed leaves everything as it was; after a later
     * failure they belong to no step and are lost.
     *
     * @param step the steps taken
     */
    void move(long step, double rate) {
        long before = optimizer.steps();
        lost = "in step " + (step + 1) + ", with the rate " + rate;
        try {
            optimizer.step(gradients, rate);
        } catch (RuntimeException e) {
            if (optimizer.steps() == before) {
                throw failures.numbers(Failures.Place.next(step), Reason.words(e));
            }
            lost += ": " + Reason.words(e);
            throw failures.lost(lost, e);
        } finally {
            if (optimizer.steps() == before) {
                lost = null;
            }
        }
        moved();
    }

    /** The parameters are good, and as this leaves them. */
    void moved() {
        lost = null;
        versions = versions();
    }

    /** Takes the parameters as they are, unless they are known already. */
    void begin() {
        if (versions < 0) {
            versions = versions();
        }
    }

    /**
     * Refuses to go on with what somebody else changed.
     *
     * @param step for the message
     */
    void checkUnchanged(long step) {
        if (versions >= 0 && versions() != versions) {
            throw new IllegalStateException("step " + step
                    + ": the model's parameters were changed by other code; expected one trainer per model");
        }
    }

    /** Refuses to go on with parameters that are of no step. */
    void checkNotLost() {
        if (lost != null) {
            throw new IllegalStateException(
                    "the parameters were lost " + lost + ": resume from a checkpoint, or begin anew");
        }
    }

    private long versions() {
        return model.parameters().stream().mapToLong(Parameter::version).sum();
    }
}
