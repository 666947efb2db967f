package org.rnn4j.training;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.rnn4j.api.LayerException;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.Window;
import org.rnn4j.core.input.Reason;
import org.rnn4j.core.optim.Averages;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.Schedule;
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
 * trainer.listen(Progress.lines(System.out, data));
 * trainer.train(data);
 * }</pre>
 *
 * <p>One trainer a model, on one thread; only {@link #stop} and {@link #finish} may be called from another. A listener may ask for a
 * {@link #checkpoint} too; {@link #train}, {@link #resume} and {@link #listen} are for between two runs. The same seed, data and settings give
 * the same bits, also where a run was stopped and resumed in between.
 */
public final class Trainer implements Training {
    /** No memory of an update rule has a name with a dot in it. */
    private static final String LATEST = "/trainer.latest";
    /** What it was before; no other memory of a rule that such a checkpoint can be resumed with has this name. */
    private static final String LATEST_BEFORE = "/latest";

    /** The loss of the last step beside that of the first. */
    private static final double DIVERGED = 10;

    /** A checkpoint's progress has room for what so many gave, the points of a curve included. */
    private static final long MOST_VALIDATIONS = 40_000;

    private static final String ADVICE = "A lower learning rate or a lower clip limit often helps.";

    private static final System.Logger LOG = System.getLogger(Trainer.class.getName());

    private final Model model;
    private final Optimizer optimizer;
    private final Loss loss;
    private final TrainerSettings settings;
    private final Gradients gradients = new Gradients();
    private final Listeners listeners = new Listeners();
    private final AtomicReference<Stop> stop = new AtomicReference<>();
    /** The thread that trains or resumes; null for none. */
    private final AtomicReference<Thread> inside = new AtomicReference<>();

    private long step;
    /** Whether a validation belongs to the last step that was taken, and was not made yet. */
    private boolean toValidate;
    /** Whether the listeners are still to be told that the last step is complete. */
    private boolean toComplete;

    private Carry carry = Carry.none();
    /** Null until averaging begins. */
    private Averages averages;

    /** Copied where one is added, so that a schedule can be given it at every step. */
    private List<Double> validationLosses = List.of();
    /** Of what decides what is best: the first metric, or the loss. NaN before the first validation. */
    private double best = Double.NaN;

    private Scores lastScores;
    private String fingerprint = "";
    /** How many steps the schedule goes over, where it does not say that itself; 0 where it does, or where nothing is known yet. */
    private long scheduled;

    /** What the parameters' versions must add up to before the next step; negative where nothing is known yet. */
    private long versions = -1;

    private Set<String> allowed = Set.of();
    private final List<String> changes = new ArrayList<>();
    private Path lastCheckpoint;
    /** The step whose state is in it; negative where nothing is known of it. */
    private long savedStep = -1;

    private boolean interrupted;

    /** The loss of the first step, beside which one sees that a run diverged; NaN before it. */
    private double firstLoss = Double.NaN;
    /** The loss of the last step that this process took; NaN before it. */
    private double lastLoss = Double.NaN;

    /** How the parameters were lost; null while they are good. */
    private String lost;

    /**
     * A trainer of a new run.
     *
     * @throws IllegalArgumentException where the model is one for inference, or the optimizer is another model's
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
    }

    /** Adds a listener, behind the others; before the run, as each has to be told of its beginning. */
    public void listen(Listener listener) {
        alone(() -> listeners.add(listener));
    }

    /** Keeps out who comes while this trainer is at work: a second thread, or a listener. */
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
        return Optional.ofNullable(lastScores);
    }

    @Override
    public void stop(String reason) {
        stop.compareAndSet(null, new Stop(reason, false));
    }

    @Override
    public void finish(String reason) {
        stop.compareAndSet(null, new Stop(reason, true));
    }

    /** Why a run shall end before its last step, and whether it is finished then. */
    private record Stop(String reason, boolean finished) {}

    @Override
    public void savedTo(Path checkpoint) {
        lastCheckpoint = checkpoint;
        savedStep = step;
    }

    @Override
    public boolean isSaved() {
        return savedStep == step;
    }

    /**
     * Trains until the settings' end or until {@link #stop}. To interrupt the thread is to ask for a stop: the run ends after the step that it is
     * in and is saved as ever, and the thread is interrupted when this returns. Where a run failed behind a step, such as in its validation,
     * what belongs to that step is made up first.
     *
     * @return the last validation's scores; empty where the run was stopped before the first validation of this process
     * @throws TrainingException where a loss or a gradient is NaN or infinite, or where the data or a metric fails; the parameters are those before
     *     that step. Also where a step itself made a parameter NaN or infinite, or failed on the way; then they are lost, and this trainer goes
     *     on from a checkpoint alone
     * @throws IllegalArgumentException where the data is other than that of the checkpoint, or has a part without batches; then nothing was
     *     trained
     * @throws IllegalStateException where another trainer has changed the model since this one's last step, or where this one is at work
     */
    public Optional<Scores> train(DataSet data) {
        return alone(() -> {
            checkNotLost();
            try {
                return trained(data);
            } finally {
                if (interrupted) {
                    interrupted = false;
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    /**
     * Whether the run shall end. An interrupt asks for that too; the thread is not marked with it while the run ends, because whatever is saved
     * through a channel then would not be.
     */
    private boolean isStopped() {
        if (Thread.interrupted()) {
            interrupted = true;
            stop("interrupted");
        }
        return stop.get() != null;
    }

    private boolean isFinished() {
        Stop asked = stop.get();
        return asked != null && asked.finished();
    }

    /** What a run goes through, as its data was when it began. */
    private record Course(Batches training, Batches validation, long perEpoch, long totalSteps, Schedule schedule) {}

    /** All that can be known to be wrong with the data before the first step. */
    private Course course(DataSet data) {
        Batches training = data.training();
        Batches validation = data.validation();
        long perEpoch = perEpoch("training", training);
        perEpoch("validation", validation);
        long totalSteps = settings.totalSteps(perEpoch);
        long validations = settings.validations(totalSteps, perEpoch);
        if (validations > MOST_VALIDATIONS) {
            throw new IllegalArgumentException(
                    totalSteps + " steps have " + validations + " validations, expected at most " + MOST_VALIDATIONS
                            + ": what each gave stays in every checkpoint. Validate less often (validateEvery)");
        }
        Schedule schedule = settings.schedule().over(totalSteps);
        return new Course(training, validation, perEpoch, totalSteps, schedule);
    }

    private static long perEpoch(String part, Batches batches) {
        if (batches == null) {
            throw new IllegalArgumentException("the data's " + part + " part is null, expected batches");
        }
        long count = batches.perEpoch();
        if (count < 1) {
            throw new IllegalArgumentException(
                    "the data's " + part + " part has " + count + " batches an epoch, expected 1 or more");
        }
        return count;
    }

    private Optional<Scores> trained(DataSet data) {
        Course course = course(data);
        checkFingerprint(data);
        checkSchedule(course);
        if (versions < 0) {
            versions = versions();
        }
        long first = step;
        try {
            listeners.forEach(listener -> listener.started(this));
            Pull next = toValidate || toComplete ? complete(course) : null;
            while (step < course.totalSteps() && !isStopped()) {
                StepReport report = step(next == null ? pull(course) : next, course);
                listeners.forEach(listener -> listener.stepped(report));
                next = complete(course);
            }
            if (step >= course.totalSteps() && lastScores == null) {
                lastScores = scores(course.validation());
            }
        } catch (Exception | Error e) {
            // A listener can throw what is checked, too: compilers of other languages do not mind.
            stop.set(null);
            listeners.end(new Ending(step, Reason.words(e), false, true), e);
            throw e;
        }
        Stop how = step < course.totalSteps() ? stop.get() : new Stop(done(first, course.totalSteps()), true);
        stop.set(null);
        listeners.end(new Ending(step, how.reason(), how.finished(), false), null);
        return lastScores();
    }

    /**
     * What belongs to the last step, so far as it was not done before something failed.
     *
     * @return where the next batch pulls; null where there is none
     */
    private Pull complete(Course course) {
        if (toValidate) {
            validate(course.validation());
        }
        // Finite parameters can be so large that no next step is possible: such a state is neither complete nor saved.
        // A run that is finished needs none.
        Pull next = step < course.totalSteps() && !isFinished() ? pull(course) : null;
        if (toComplete) {
            toComplete = false;
            listeners.forEach(listener -> listener.completed(step));
        }
        return next;
    }

    /** Why a run has nothing left to do that began at a step. */
    private String done(long first, long totalSteps) {
        return first > totalSteps
                ? "nothing was left to do: the run is at step " + first + " already, and " + totalSteps
                        + " steps were asked for"
                : "all " + totalSteps + " steps are done" + divergence();
    }

    /** What there is to say of a run that ends far worse than it began: one batch beside another may be worse by chance, not by this factor. */
    private String divergence() {
        return lastLoss > DIVERGED * firstLoss && lastLoss > firstLoss
                ? ", but training diverged: the loss of the last step is " + lastLoss + ", and that of the first was "
                        + firstLoss + ". " + ADVICE
                : "";
    }

    private void checkFingerprint(DataSet data) {
        if (data.fingerprint() == null) {
            throw new IllegalArgumentException("the data's fingerprint is null, expected a text");
        }
        boolean other = !fingerprint.isEmpty() && !fingerprint.equals(data.fingerprint());
        if (other && RunSettings.isAllowed(RunSettings.DATA, allowed)) {
            change(new RunSettings.Change(RunSettings.DATA, fingerprint, data.fingerprint()).toString());
        } else if (other) {
            throw new IllegalArgumentException(
                    "this run was begun on other data (fingerprint " + fingerprint + ", now " + data.fingerprint()
                            + "): resume on the same data, allow the change by name (--allow-changed data), or begin a new run");
        }
        fingerprint = data.fingerprint();
    }

    /** A schedule that goes over the whole run is another one where the run is longer. */
    private void checkSchedule(Course course) {
        Schedule before = settings.schedule().over(Math.max(1, scheduled));
        if (scheduled > 0 && !before.equals(course.schedule())) {
            RunSettings.Change change =
                    new RunSettings.Change(RunSettings.SCHEDULE_STEPS, scheduled, course.totalSteps());
            if (!RunSettings.isAllowed(change.name(), allowed)) {
                throw new IllegalArgumentException(
                        "the schedule goes over the whole run, and " + change
                                + ": resume with as many steps as before, or allow the change by name (--allow-changed schedule)");
            }
            change(change.toString());
        }
        scheduled = course.schedule().equals(settings.schedule()) ? 0 : course.totalSteps();
    }

    private StepReport step(Pull pull, Course course) {
        checkVersions(step + 1);
        double rate = course.schedule().rate(step, validationLosses);
        move(rate);
        firstLoss = step == 0 ? pull.loss() : firstLoss;
        lastLoss = pull.loss();
        versions = versions();
        if (averages != null) {
            averages.add();
        }
        carry = pull.carry();
        long epoch = step / course.perEpoch() + 1;
        step++;
        toValidate = settings.validatesAfter(step, course.perEpoch()) || step == course.totalSteps();
        toComplete = true;
        return new StepReport(step, course.totalSteps(), epoch, pull.loss(), pull.norm(), rate, pull.positions());
    }

    /** Moves the parameters. What fails before the first of them has moved leaves all as it was; behind that they are of no step, and lost. */
    private void move(double rate) {
        long before = optimizer.steps();
        lost = "in step " + (step + 1) + ", with the rate " + rate;
        try {
            optimizer.step(gradients, rate);
            lost = null;
        } catch (RuntimeException e) {
            if (optimizer.steps() == before) {
                throw failure(Reason.words(e));
            }
            lost += ": " + Reason.words(e);
            String advice = e instanceof ArithmeticException ? " " + ADVICE : "";
            throw new TrainingException("the parameters were lost " + lost + "; " + whereToGoOn() + advice, e);
        } finally {
            if (optimizer.steps() == before) {
                lost = null;
            }
        }
    }

    private void checkVersions(long at) {
        if (versions >= 0 && versions() != versions) {
            throw new IllegalStateException("step " + at
                    + ": the model's parameters were changed by somebody else; expected one trainer a model");
        }
    }

    /**
     * Where a batch pulls the parameters, which is in {@link #gradients}, clipped.
     *
     * @param loss before the step
     * @param norm of the gradients before clipping
     * @param carry the states after the window
     * @param positions how many valid positions the batch has
     */
    private record Pull(double loss, double norm, Carry carry, long positions) {}

    /** Looks at the next batch without taking a step; a failure leaves all as it was. */
    private Pull pull(Course course) {
        Batch batch = guarded(
                step + 1,
                "batch " + step + " of the training part",
                () -> Objects.requireNonNull(course.training().batch(step), "it is null"));
        Window window = batch.window(carry, step);
        Forward forward = model.forward(window);
        Tensor value = LayerException.within("loss", () -> loss.of(forward.output(), batch.target(), batch.spans()));
        if (!Double.isFinite(value.item())) {
            throw failure("the loss is " + value.item() + ", "
                    + model.firstNonFinite(window)
                            .map(layer -> "and the first layer with such an output is " + layer)
                            .orElse("but every layer's output is finite"));
        }
        forward.penalty().filter(penalty -> !Double.isFinite(penalty.item())).ifPresent(penalty -> {
            throw failure("the penalty that the layers add to the loss is " + penalty.item());
        });
        gradients.refill(forward.penalty().map(value::plus).orElse(value));
        double norm = settings.clip() == null
                ? gradients.norm(optimizer.parameters())
                : gradients.clip(settings.clip(), optimizer.parameters());
        try {
            gradients.requireFinite(optimizer.parameters());
        } catch (ArithmeticException e) {
            throw failure(e.getMessage());
        }
        long positions = loss.positions(batch.target(), batch.spans());
        return new Pull(value.item(), norm, forward.carry(), positions);
    }

    /** Says of which step it is that what others wrote failed in, unless it says where it was itself. */
    private <R> R guarded(long at, String place, Supplier<R> part) {
        try {
            return part.get();
        } catch (LayerException | UncheckedIOException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new TrainingException(unmoved(at, place + ": " + Reason.words(e)), e);
        }
    }

    private TrainingException failure(String what) {
        return failure(step + 1, what);
    }

    private TrainingException failure(long at, String what) {
        return new TrainingException(unmoved(at, what) + " " + ADVICE, null);
    }

    private String unmoved(long at, String what) {
        return "step " + at + ": " + what + ". The parameters are those of step " + step + "; " + whereToGoOn();
    }

    private String whereToGoOn() {
        return lastCheckpoint == null
                ? "no checkpoint was saved."
                : "the last good checkpoint is " + lastCheckpoint + ".";
    }

    private void checkNotLost() {
        if (lost != null) {
            throw new IllegalStateException(
                    "the parameters were lost " + lost + ": resume from a checkpoint, or begin anew");
        }
    }

    private long versions() {
        return model.parameters().stream().mapToLong(Parameter::version).sum();
    }

    private Scores scores(Batches validation) {
        Scores scores = guarded(
                step, "the validation", () -> new Evaluator(loss, settings.metrics()).score(model(), validation));
        if (!Double.isFinite(scores.loss())) {
            throw failure(step, "the validation loss is " + scores.loss());
        }
        return scores;
    }

    private void validate(Batches validation) {
        Scores scores = scores(validation);
        double judged = judged(scores);
        boolean isBest = !Double.isNaN(judged) && (Double.isNaN(best) || better(judged, best));
        best = isBest ? judged : best;
        List<Double> losses = new ArrayList<>(validationLosses);
        losses.add(scores.loss());
        validationLosses = List.copyOf(losses);
        Long patience = settings.averageAfter();
        if (averages == null && patience != null && Averages.areDue(validationLosses, patience)) {
            averages = new Averages(model);
        }
        lastScores = scores;
        toValidate = false;
        ValidationReport report = new ValidationReport(step, scores, isBest);
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

    /**
     * Everything that determines how the run goes on. Its parameters are those of {@link #model}; where they are averages, those to train on
     * are kept beside the optimizer's memory. On the thread that trains, where one does.
     *
     * @throws TrainingException where a carried state is NaN or infinite: nothing can go on from that
     * @throws IllegalStateException where the parameters were lost, or changed by another trainer, or where another thread trains
     */
    @Override
    public Checkpoint checkpoint() {
        Thread other = inside.get();
        if (other != null && other != Thread.currentThread()) {
            throw new IllegalStateException("this trainer is at work, on the thread " + other.getName()
                    + ": expected its checkpoint to be asked for between two runs, or by a listener");
        }
        checkNotLost();
        checkVersions(step);
        carry.tensors().forEach(this::checkFinite);
        listeners.forEach(Listener::saving);
        Map<String, Tensor> parameters = model().snapshot();
        Map<String, Tensor> memory = new LinkedHashMap<>(optimizer.memory());
        if (averages != null) {
            model.snapshot().forEach((name, value) -> memory.put(name + LATEST, value));
        }
        SavedRun run = new SavedRun(
                step,
                optimizer.steps(),
                averages == null ? 0 : averages.count(),
                validationLosses,
                best,
                firstLoss,
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
            throw failure(
                    step,
                    "the carried state " + name + " is " + numbers[position] + " at position " + position
                            + ", and cannot be saved");
        }
    }

    /**
     * Goes on from a checkpoint of a run with the same model, optimizer, settings and listeners. Call it before {@link #train}, with all
     * listeners added.
     *
     * @throws IllegalArgumentException where the checkpoint is of another model, optimizer or seed, or of other settings, or where a listener
     *     cannot go on from its state; then nothing was changed
     * @throws IllegalStateException where this trainer is at work
     */
    public void resume(Checkpoint checkpoint) {
        resume(checkpoint, Set.of());
    }

    /**
     * Goes on from a checkpoint of a run some of whose settings were others. A setting has the name of its place in a configuration, such as
     * {@code schedule.rate}, {@code optimizer.groups[embed.*].rateFactor} or {@code listeners.EarlyStopping.patience}; the data is
     * {@code data.fingerprint}. The name of a section stands for all that is in it.
     *
     * <p>How long to train, what to report beside the first metric, and what listeners write are no such settings: they may always be others.
     *
     * @param allowedChanges which settings may be others; what is not named is refused
     * @throws IllegalArgumentException where something else differs, naming it and both values; then nothing was changed
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
        List<String> changed = changedSettings(saved.settings(), Set.copyOf(allowedChanges));
        checkParameters(checkpoint.parameters());
        saved.checkCarry(checkpoint.carry().keySet());
        Map<String, Tensor> memory = new LinkedHashMap<>(checkpoint.optimizer());
        Map<String, Tensor> latest = checkpoint.parameters();
        Averages averaged = null;
        if (saved.averaged() > 0) {
            averaged = new Averages(model, checkpoint.parameters(), saved.averaged());
            latest = takeLatest(memory);
            checkParameters(latest);
        }
        Carry carried = Carry.ofTensors(checkpoint.carry());
        listeners.restore(saved.listeners(), () -> optimizer.restore(saved.optimizerSteps(), memory));

        Map<String, Tensor> numbers = latest;
        model.change(
                () -> numbers.forEach((name, value) -> model.parameter(name).set(value.toFloats())));
        lost = null;
        averages = averaged;
        versions = versions();
        carry = carried;
        step = saved.step();
        toValidate = saved.toValidate();
        toComplete = false;
        validationLosses = saved.validationLosses();
        best = saved.best();
        firstLoss = saved.firstLoss();
        lastScores = null;
        savedStep = -1;
        fingerprint = saved.fingerprint();
        scheduled = saved.scheduled();
        allowed = Set.copyOf(allowedChanges);
        changes.clear();
        changed.forEach(this::change);
    }

    /**
     * The settings that are others than in a checkpoint, in words; all of them are allowed to be.
     *
     * @param saved null where the checkpoint does not say them
     */
    private List<String> changedSettings(Map<String, Object> saved, Set<String> allowedChanges) {
        Map<String, Object> here = RunSettings.of(optimizer, loss, settings, listeners.all());
        if (saved == null) {
            RunSettings.check(List.of(), allowedChanges, here.keySet());
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the checkpoint is of an older version and does not say with which settings its run was made:"
                            + " make sure that they are those of this run");
            return List.of();
        }
        List<RunSettings.Change> differences = RunSettings.changes(saved, here);
        Set<String> known = new HashSet<>(here.keySet());
        known.addAll(saved.keySet());
        RunSettings.check(differences, allowedChanges, known);
        return differences.stream().map(RunSettings.Change::toString).toList();
    }

    private void change(String what) {
        changes.add(what);
        LOG.log(System.Logger.Level.INFO, "goes on with a change that was allowed: " + what);
    }

    @Override
    public List<String> changes() {
        return List.copyOf(changes);
    }

    /** The parameters to train on, by name, which are no longer in the memory afterwards. */
    private Map<String, Tensor> takeLatest(Map<String, Tensor> memory) {
        Map<String, Tensor> latest = new LinkedHashMap<>();
        String ending = memory.keySet().stream().anyMatch(name -> name.endsWith(LATEST)) ? LATEST : LATEST_BEFORE;
        for (Parameter parameter : model.parameters()) {
            Tensor value = memory.remove(parameter.name() + ending);
            if (value != null) {
                latest.put(parameter.name(), value);
            }
        }
        return latest;
    }

    private void checkParameters(Map<String, Tensor> values) {
        List<String> names = model.parameters().stream().map(Parameter::name).toList();
        if (!values.keySet().equals(Set.copyOf(names))) {
            throw new IllegalArgumentException("the checkpoint has the parameters " + String.join(", ", values.keySet())
                    + ", but the model has " + String.join(", ", names));
        }
        for (Parameter parameter : model.parameters()) {
            if (!values.get(parameter.name()).shape().equals(parameter.shape())) {
                throw new IllegalArgumentException("the checkpoint's parameter " + parameter.name() + " has the shape "
                        + values.get(parameter.name()).shape() + ", expected " + parameter.shape());
            }
        }
    }
}
