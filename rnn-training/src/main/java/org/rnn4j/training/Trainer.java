package org.rnn4j.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.input.Reason;
import org.rnn4j.core.optim.Averages;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.training.Listener.Ending;
import org.rnn4j.training.Listener.StepReport;
import org.rnn4j.training.Listener.ValidationReport;

/**
 * Trains a model: for each batch a forward pass, the loss, its gradients, clipping and an optimizer step, with the state carried from window
 * to window (truncated back-propagation through time).
 *
 * <pre>{@code
 * Trainer trainer = new Trainer(model, new Optimizer(new Adam(), model), loss,
 *         TrainerSettings.epochs(3, new ConstantRate(0.002)).clippedAt(5));
 * trainer.listen(Progress.lines(System.out, data));
 * trainer.train(data);
 * }</pre>
 *
 * <p>Use one trainer per model, on one thread; only {@link #stop} and {@link #finish} may be called from other threads. A listener may also ask for a
 * {@link #checkpoint}. Call {@link #train}, {@link #resume} and {@link #listen} only between two runs. The same seed, data and settings give the same
 * bits, even if a run was stopped and resumed.
 */
public final class Trainer implements Training {
    private final Model model;
    private final Optimizer optimizer;
    private final Loss loss;
    private final TrainerSettings settings;
    private final Listeners listeners = new Listeners();
    private final Stopping stopping = new Stopping();
    private final Failures failures = new Failures();
    private final History history;
    private final Descent descent;
    /** The thread that trains or resumes; null for none. */
    private final AtomicReference<Thread> inside = new AtomicReference<>();

    private long step;
    /** Whether a validation belongs to the last step that was taken, and was not made yet. */
    private boolean toValidate;
    /** Whether the listeners are still to be told that the last step is complete. */
    private boolean toComplete;
    /** The step whose state was saved; negative where nothing is known of it. */
    private long savedStep = -1;

    private Carry carry = Carry.none();
    /** Null until averaging begins. */
    private Averages averages;

    private String fingerprint = "";
    private AllowedChanges changes = AllowedChanges.none();
    /** The number of steps that the schedule covers if it does not say so itself; 0 if it does, or if nothing is known yet. */
    private long scheduled;

    /**
     * A trainer of a new run.
     *
     * @throws IllegalArgumentException if the model is one for inference, or the optimizer is another model's
     */
    public Trainer(Model model, Optimizer optimizer, Loss loss, TrainerSettings settings) {
        if (!model.isTraining()) {
            throw new IllegalArgumentException("this is a model for inference; train the one that it was made from");
        }
        if (optimizer.model() != model) {
            throw new IllegalArgumentException(
                    "the optimizer moves the parameters of another model; make it of the model that is trained");
        }
        this.model = model;
        this.optimizer = optimizer;
        this.loss = loss;
        this.settings = settings;
        this.history = new History(settings.metrics());
        this.descent = new Descent(model, optimizer, loss, settings, failures);
    }

    /** Adds a listener after the others. Call it before the run, because every listener must see its start. */
    public void listen(Listener listener) {
        alone(() -> listeners.add(listener));
    }

    /** Rejects calls from a second thread or a listener while this trainer is running. */
    private <R> R alone(Supplier<R> work) {
        Thread other = inside.compareAndExchange(null, Thread.currentThread());
        if (other != null) {
            throw new IllegalStateException("this trainer is at work, on the thread " + other.getName()
                    + ": expected train, resume and listen to be called between two runs, and not by a listener");
        }
        try {
            return work.get();
        } finally {
            inside.set(null);
        }
    }

    @Override
    public Model model() {
        return averages == null ? model : averages.model();
    }

    @Override
    public long step() {
        return step;
    }

    /** The scores of the last validation, if there was one. */
    public Optional<Scores> lastScores() {
        return history.lastScores();
    }

    @Override
    public void stop(String reason) {
        stopping.ask(new Stopping.Stop(reason, false));
    }

    @Override
    public void finish(String reason) {
        stopping.ask(new Stopping.Stop(reason, true));
    }

    @Override
    public void savedTo(Path checkpoint) {
        failures.savedTo(checkpoint);
        savedStep = step;
    }

    @Override
    public boolean isSaved() {
        return savedStep == step;
    }

    /**
     * Trains until the configured end or until {@link #stop}. An interrupt of the thread is a request to stop: the run ends after the current step
     * and is saved as usual, and the thread is interrupted when this returns. If an earlier run failed after a step, for example in its validation,
     * the rest of that step is done first.
     *
     * @return the scores of the last validation; empty if the run was stopped before the first validation of this process
     * @throws TrainingException if a loss or a gradient is NaN or infinite, or if the data or a metric fails; the parameters are those before that
     *     step. Also if a step itself made a parameter NaN or infinite, or failed halfway; the parameters are lost then, and this trainer can only
     *     continue from a checkpoint
     * @throws IllegalArgumentException if the data differs from that of the checkpoint, or has a part without batches; nothing has been trained then
     * @throws IllegalStateException if another trainer has changed the model since this one's last step, or if this one is already running
     */
    public Optional<Scores> train(DataSet data) {
        return alone(() -> {
            descent.checkNotLost();
            try {
                return trained(data);
            } finally {
                stopping.leave();
            }
        });
    }

    private Optional<Scores> trained(DataSet data) {
        Course course = Course.of(data, settings);
        String here = data.fingerprint();
        changes.data(fingerprint, here);
        fingerprint = here;
        changes.schedule(settings.schedule(), scheduled, course);
        scheduled = course.schedule().equals(settings.schedule()) ? 0 : course.totalSteps();
        descent.begin();
        long first = step;
        try {
            listeners.forEach(listener -> listener.started(this));
            Descent.Pull next = toValidate || toComplete ? complete(course) : null;
            while (step < course.totalSteps() && !stopping.isAsked()) {
                StepReport report = step(next == null ? pull(course) : next, course);
                listeners.forEach(listener -> listener.stepped(report));
                next = complete(course);
            }
            if (step >= course.totalSteps() && lastScores().isEmpty()) {
                history.looked(scores(course.validation()));
            }
        } catch (Exception | Error e) {
            // A listener can throw what is checked, too: compilers of other languages do not mind.
            stopping.take();
            listeners.end(new Ending(step, Reason.words(e), false, true), e);
            throw e;
        }
        Stopping.Stop asked = stopping.take();
        Stopping.Stop how =
                step < course.totalSteps() ? asked : new Stopping.Stop(done(first, course.totalSteps()), true);
        listeners.end(new Ending(step, how.reason(), how.finished(), false), null);
        return lastScores();
    }

    /**
     * Does what still has to be done for the last step, after a failure.
     *
     * @return the gradient of the next batch; null if there is none
     */
    private Descent.Pull complete(Course course) {
        if (toValidate) {
            validate(course.validation());
        }
        // Finite parameters can be so large that no next step is possible: such a state is neither complete nor saved.
        // A run that is finished needs none.
        Descent.Pull next = step < course.totalSteps() && !stopping.finishes() ? pull(course) : null;
        if (toComplete) {
            toComplete = false;
            listeners.forEach(listener -> listener.completed(step));
        }
        return next;
    }

    /** The reason why a run that began at a step has nothing left to do. */
    private String done(long first, long totalSteps) {
        return first > totalSteps
                ? "nothing was left to do: the run is at step " + first + " already, and " + totalSteps
                        + " steps were asked for"
                : "all " + totalSteps + " steps are done" + history.divergence();
    }

    private Descent.Pull pull(Course course) {
        return descent.pull(course.training(), step, carry);
    }

    private StepReport step(Descent.Pull pull, Course course) {
        descent.checkUnchanged(step + 1);
        double rate = failures.guarded(
                Failures.Place.next(step),
                "the schedule",
                () -> course.schedule().rate(step, history.validationLosses()));
        descent.move(step, rate);
        history.stepped(step, pull.loss());
        if (averages != null) {
            averages.add();
        }
        carry = pull.carry();
        long epoch = course.epoch(step);
        step++;
        toValidate = settings.validatesAfter(step, course.perEpoch()) || step == course.totalSteps();
        toComplete = true;
        return new StepReport(step, course.totalSteps(), epoch, pull.loss(), pull.norm(), rate, pull.positions());
    }

    private Scores scores(Batches validation) {
        Scores scores = failures.guarded(
                Failures.Place.after(step),
                "the validation",
                () -> new Evaluator(loss, settings.metrics()).score(model(), validation));
        if (!Double.isFinite(scores.loss())) {
            throw failures.numbers(Failures.Place.after(step), "the validation loss is " + scores.loss());
        }
        return scores;
    }

    private void validate(Batches validation) {
        Scores scores = scores(validation);
        boolean isBest = history.validated(scores);
        Long patience = settings.averageAfter();
        if (averages == null && patience != null && Averages.areDue(history.validationLosses(), patience)) {
            averages = new Averages(model);
        }
        toValidate = false;
        ValidationReport report = new ValidationReport(step, scores, isBest);
        listeners.forEach(listener -> listener.validated(report));
    }

    /**
     * Everything that determines how the run continues. Its parameters are those of {@link #model}; if they are averages, the current parameters are
     * saved with the optimizer's memory. During training, call it on the training thread.
     *
     * @throws TrainingException if a carried state is NaN or infinite, because nothing can continue from that
     * @throws IllegalStateException if the parameters were lost, or changed by another trainer, or if another thread is training
     */
    @Override
    public Checkpoint checkpoint() {
        Thread other = inside.get();
        if (other != null && other != Thread.currentThread()) {
            throw new IllegalStateException("this trainer is at work, on the thread " + other.getName()
                    + ": expected its checkpoint to be asked for between two runs, or by a listener");
        }
        descent.checkNotLost();
        descent.checkUnchanged(step);
        carry.tensors().forEach(this::checkFinite);
        listeners.forEach(Listener::saving);
        Map<String, Tensor> parameters = model().snapshot();
        Map<String, Tensor> memory = SavedParameters.memory(optimizer, averages);
        SavedRun run = new SavedRun(
                step,
                optimizer.steps(),
                averages == null ? 0 : averages.count(),
                history.validationLosses(),
                history.best(),
                history.firstLoss(),
                toValidate,
                scheduled,
                RunSettings.of(optimizer, loss, settings, listeners.all()),
                Set.copyOf(carry.tensors().keySet()),
                fingerprint,
                listeners.states());
        return new Checkpoint(model.spec(), model.seed(), parameters, memory, carry.tensors(), run.progress());
    }

    private void checkFinite(String name, Tensor state) {
        float[] numbers = state.toFloats();
        int position = Tensors.firstNonFinite(numbers);
        if (position >= 0) {
            throw failures.numbers(
                    Failures.Place.after(step),
                    "the carried state " + name + " is " + numbers[position] + " at position " + position
                            + ", and cannot be saved");
        }
    }

    /**
     * Continues from a checkpoint of a run with the same model, optimizer, settings and listeners. Call it before {@link #train}, after all listeners
     * were added.
     *
     * @throws IllegalArgumentException if the checkpoint has another model, optimizer, seed or settings, or if a listener cannot continue from its
     *     state; nothing has been changed then
     * @throws IllegalStateException if this trainer is running
     */
    public void resume(Checkpoint checkpoint) {
        resume(checkpoint, Set.of());
    }

    /**
     * Continues from a checkpoint of a run with some different settings. The name of a setting is its place in a configuration, such as
     * {@code schedule.rate}, {@code optimizer.groups[embed.*].rateFactor} or {@code listeners.EarlyStopping.patience}; the data is
     * {@code data.fingerprint}. The name of a section covers everything in it.
     *
     * <p>How long to train, the metrics after the first, and the output of listeners may always change.
     *
     * @param allowedChanges the settings that may differ; any other difference is refused
     * @throws IllegalArgumentException if another setting differs, naming it and both values; nothing has been changed then
     */
    public void resume(Checkpoint checkpoint, Set<String> allowedChanges) {
        alone(() -> {
            resumeAlone(checkpoint, allowedChanges);
            return null;
        });
    }

    private void resumeAlone(Checkpoint checkpoint, Set<String> allowedChanges) {
        RunSettings.refuseFixed(allowedChanges);
        checkpoint.requireModel(model.spec(), model.seed());
        SavedRun saved = SavedRun.of(checkpoint.progress());
        // All that can be wrong is found out before anything is changed.
        AllowedChanges allowed = AllowedChanges.of(
                saved.settings(), RunSettings.of(optimizer, loss, settings, listeners.all()), allowedChanges);
        SavedParameters numbers = SavedParameters.of(checkpoint, saved, model);
        saved.checkCarry(checkpoint.carry().keySet());
        Carry carried = Carry.ofTensors(checkpoint.carry());
        listeners.restore(saved.listeners(), () -> optimizer.restore(saved.optimizerSteps(), numbers.memory()));

        numbers.setIn(model);
        descent.moved();
        // A run that no longer averages goes on with the parameters that it trains.
        averages = settings.averageAfter() == null ? null : numbers.averages();
        carry = carried;
        step = saved.step();
        toValidate = saved.toValidate();
        toComplete = false;
        savedStep = -1;
        history.restore(saved);
        fingerprint = saved.fingerprint();
        scheduled = saved.scheduled();
        changes = allowed;
        changes.log();
    }

    @Override
    public List<String> changes() {
        return changes.made();
    }
}
