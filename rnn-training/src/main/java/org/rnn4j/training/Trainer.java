package org.rnn4j.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Window;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.serialization.Checkpoint;
import org.rnn4j.training.Listener.Ending;
import org.rnn4j.training.Listener.StepReport;
import org.rnn4j.training.Listener.ValidationReport;
import org.rnn4j.training.metric.Metric;

/**
 * Trains a model: for each batch a forward pass, the loss, its gradients, clipping and an optimizer step, with the state carried from window
 * to window (truncated back-propagation through time).
 *
 * <pre>{@code
 * Trainer trainer = new Trainer(model, new Optimizer(new Adam(), model), loss,
 *         TrainerSettings.epochs(3, new ConstantRate(0.002)).clippedAt(5));
 * trainer.listen(new ProgressLine());
 * Scores scores = trainer.train(data);
 * }</pre>
 *
 * <p>One trainer a model, on one thread; only {@link #stop} may be called from another. The same seed, data and settings give the same bits,
 * also where a run was stopped and resumed in between.
 */
public final class Trainer {
    private final Model model;
    private final Optimizer optimizer;
    private final Loss loss;
    private final TrainerSettings settings;
    private final List<Listener> listeners = new ArrayList<>();
    private final AtomicReference<String> stopReason = new AtomicReference<>();

    private long step;
    private Carry carry = Carry.none();
    private final List<Double> validations = new ArrayList<>();
    private Scores lastScores;
    private String fingerprint = "";
    private long versions;
    private Path lastCheckpoint;

    /** A trainer of a new run. */
    public Trainer(Model model, Optimizer optimizer, Loss loss, TrainerSettings settings) {
        if (!model.isTraining()) {
            throw new IllegalArgumentException("this is a model for inference; train the one that it was made from");
        }
        this.model = model;
        this.optimizer = optimizer;
        this.loss = loss;
        this.settings = settings;
    }

    /** Adds a listener, behind the others. */
    public void listen(Listener listener) {
        if (listeners.stream().anyMatch(other -> other.name().equals(listener.name()))) {
            throw new IllegalArgumentException("two listeners are named " + listener.name());
        }
        listeners.add(listener);
    }

    /** The model. */
    public Model model() {
        return model;
    }

    /** The number of steps taken, also those before a resume. */
    public long step() {
        return step;
    }

    /** The scores of the last validation, if there was one. */
    public Optional<Scores> lastScores() {
        return Optional.ofNullable(lastScores);
    }

    /** Asks the run to end after the step that it is in. The first reason counts. From any thread. */
    public void stop(String reason) {
        stopReason.compareAndSet(null, reason);
    }

    /** Says where the state was saved last, for messages. */
    public void savedTo(Path checkpoint) {
        lastCheckpoint = checkpoint;
    }

    /**
     * Trains until the settings' end or until {@link #stop}.
     *
     * @return the last validation's scores
     * @throws TrainingException where a loss or a gradient is NaN or infinite; the parameters are those before that step
     */
    public Scores train(DataSet data) {
        Batches training = data.training();
        long totalSteps = settings.totalSteps(training);
        checkFingerprint(data);
        stopReason.set(null);
        versions = versions();
        Ending ending = new Ending(step, "failed", false, true);
        try {
            listeners.forEach(listener -> listener.started(this));
            while (step < totalSteps && stopReason.get() == null) {
                StepReport report = step(training, totalSteps);
                listeners.forEach(listener -> listener.stepped(report));
                if (settings.validatesAfter(step, training) || step == totalSteps) {
                    validate(data.validation());
                }
                listeners.forEach(listener -> listener.completed(step));
            }
            ending = step < totalSteps
                    ? new Ending(step, stopReason.get(), false, false)
                    : new Ending(step, "all " + totalSteps + " steps are done", true, false);
        } finally {
            Ending how = ending;
            listeners.forEach(listener -> listener.ended(how));
        }
        if (lastScores == null) {
            lastScores = new Evaluator(loss, settings.metrics()).score(model, data.validation());
        }
        return lastScores;
    }

    private void checkFingerprint(DataSet data) {
        if (!fingerprint.isEmpty() && !fingerprint.equals(data.fingerprint())) {
            throw new IllegalArgumentException("this run was begun on other data (fingerprint " + fingerprint + ", now "
                    + data.fingerprint() + "): resume on the same data, or begin a new run");
        }
        fingerprint = data.fingerprint();
    }

    private StepReport step(Batches training, long totalSteps) {
        if (versions() != versions) {
            throw new IllegalStateException("step " + (step + 1)
                    + ": the model's parameters were changed by somebody else; expected one trainer a model");
        }
        Batch batch = training.batch(step);
        Window window = Window.of(batch.inputs())
                .with(batch.lengths())
                .with(batch.resets())
                .with(carry)
                .atStep(step);
        Forward forward = model.forward(window);
        Tensor value = LayerException.within("loss", () -> loss.of(forward.output(), batch.target(), batch.lengths()));
        if (!Double.isFinite(value.item())) {
            throw failure("the loss is " + value.item() + ", "
                    + model.firstNonFinite(window)
                            .map(layer -> "and the first layer with such an output is " + layer)
                            .orElse("but every layer's output is finite"));
        }
        Gradients gradients = Gradients.of(value);
        double norm = settings.clip() == null
                ? gradients.norm(optimizer.parameters())
                : gradients.clip(settings.clip(), optimizer.parameters());
        double rate = settings.schedule().rate(step, validations);
        try {
            optimizer.step(gradients, rate);
        } catch (ArithmeticException e) {
            throw failure(e.getMessage());
        }
        versions = versions();
        carry = forward.carry();
        long epoch = step / training.perEpoch() + 1;
        step++;
        long positions = loss.positions(batch.target(), batch.lengths());
        return new StepReport(step, totalSteps, epoch, value.item(), norm, rate, positions);
    }

    private TrainingException failure(String what) {
        return new TrainingException(
                "step " + (step + 1) + ": " + what + ". The parameters are those of step " + step + "; "
                        + (lastCheckpoint == null
                                ? "no checkpoint was saved."
                                : "the last good checkpoint is " + lastCheckpoint + ".")
                        + " A lower learning rate or a lower clip limit often helps.",
                null);
    }

    private long versions() {
        return model.parameters().stream().mapToLong(Parameter::version).sum();
    }

    private void validate(Batches validation) {
        Scores scores = new Evaluator(loss, settings.metrics()).score(model, validation);
        double judged = judged(scores);
        boolean best = validations.stream().noneMatch(earlier -> !better(judged, earlier));
        validations.add(judged);
        lastScores = scores;
        ValidationReport report = new ValidationReport(step, scores, best);
        listeners.forEach(listener -> listener.validated(report));
    }

    /** The number that decides what is best: the first metric, or the loss where there is none. */
    private double judged(Scores scores) {
        return settings.metrics().isEmpty()
                ? scores.loss()
                : scores.metrics().get(settings.metrics().get(0).label());
    }

    private boolean better(double value, double than) {
        List<Metric> metrics = settings.metrics();
        return metrics.isEmpty() ? value < than : metrics.get(0).better(value, than);
    }

    /** Everything that determines how the run goes on. */
    public Checkpoint checkpoint() {
        Map<String, Tensor> parameters = new LinkedHashMap<>();
        model.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter.snapshot()));
        Map<String, Object> listenerStates = new LinkedHashMap<>();
        listeners.forEach(listener -> {
            if (!listener.state().isEmpty()) {
                listenerStates.put(listener.name(), listener.state());
            }
        });
        Map<String, Object> progress = new LinkedHashMap<>();
        progress.put("step", step);
        progress.put("optimizerSteps", optimizer.steps());
        progress.put("validations", List.copyOf(validations));
        progress.put("fingerprint", fingerprint);
        progress.put("listeners", listenerStates);
        return new Checkpoint(model.spec(), model.seed(), parameters, optimizer.memory(), carry.tensors(), progress);
    }

    /**
     * Goes on from a checkpoint of a run with the same model, optimizer, settings and listeners. Call it before {@link #train}, with all
     * listeners added.
     *
     * @throws IllegalArgumentException where the checkpoint is of another model, optimizer or seed; then nothing was changed
     */
    public void resume(Checkpoint checkpoint) {
        checkpoint.requireModel(model.spec(), model.seed());
        Map<String, Object> progress = checkpoint.progress();
        optimizer.restore(Checkpoint.number(progress, "optimizerSteps"), checkpoint.optimizer());
        checkpoint.parameters().forEach((name, value) -> model.parameter(name).set(value.toFloats()));
        carry = Carry.ofTensors(checkpoint.carry());
        step = Checkpoint.number(progress, "step");
        validations.clear();
        for (Object validation : (List<?>) progress.get("validations")) {
            validations.add(((Number) validation).doubleValue());
        }
        fingerprint = (String) progress.get("fingerprint");
        Map<?, ?> states = (Map<?, ?>) progress.get("listeners");
        for (Listener listener : listeners) {
            Map<String, Object> state = new LinkedHashMap<>();
            if (states.get(listener.name()) instanceof Map<?, ?> saved) {
                saved.forEach((key, value) -> state.put((String) key, value));
            }
            listener.restore(state);
        }
    }
}
