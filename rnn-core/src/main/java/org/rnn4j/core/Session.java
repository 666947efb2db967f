package org.rnn4j.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;
import org.rnn4j.core.tensor.FloatTensor;
import org.rnn4j.core.tensor.Replay;
import org.rnn4j.core.tensor.Trace;

/**
 * A stream: one step at a time through a model, with the state kept between steps. Every recurrent layer continues from its previous state, stateful
 * or not, and the outputs are those of one long window, bit for bit.
 *
 * <p>Only one thread at a time may use a session; a concurrent call throws an exception. Any number of sessions may share a model. A session refuses
 * to continue if the model's parameters have changed since it began, even in the middle of a step: serve from {@link Model#copy} during training.
 *
 * <pre>{@code
 * Session session = model.session(1);
 * session.step(new int[] {id}, logits);
 * Session what = session.fork();   // try another continuation
 * }</pre>
 *
 * <p>Cost: the first two steps run the layers, and the second is recorded op by op. Later steps no longer call the layers: they run the recorded ops
 * in arrays that the session keeps, and allocate nothing. Parameters are packed for products once and shared by all sessions of a model; a session's
 * own memory is the results of one step. A layer that reads numbers or ids while it runs ({@link Tensor#item}, {@link Tensor#toFloats},
 * {@link Ids#at(int)}) may run other ops in another step; the session then runs the layers in every step and logs this once. See {@link #replays}.
 *
 * <p>The output of a layer may depend only on the input and the state. A layer must not count its calls, draw random numbers or change a field,
 * because a replay would not repeat that. To detect this, replayed steps 1, 2, 4, 8, … are also run by the layers and compared bit for bit: 20 of the
 * first million.
 */
public final class Session {
    private static final System.Logger LOG = System.getLogger("org.rnn4j.session");

    private final Model model;
    /** The input that is streamed. */
    private final String input;
    /** The other inputs; if there are any, the layers may start from other states than zeros. */
    private final Window given;
    /** What depends on those alone. */
    private final Graph.Known known;

    private final int rows;
    /** The mark of the model's {@link Changes} when this session began. */
    private final long begun;

    /** The states; null while they are those that the replay holds. */
    private Carry carry = Carry.none();

    /** A step that was recorded; null before, and where steps cannot be. */
    private Replay replay;

    /** The parts of the states in the order in which the replay holds them. */
    private Carry layout;

    /** Whether a step is still to be recorded. */
    private boolean toRecord = true;

    /** How many steps were replayed. */
    private long replayed;

    /** The thread that is inside; null for none. */
    private final AtomicReference<Thread> inside = new AtomicReference<>();

    Session(Model model, int rows) {
        this(model.inference(), rows, onlyInput(model.spec(), Set.of()), Window.of(Map.of()));
    }

    /** All inputs but one are given. */
    Session(Model model, Window given) {
        this(
                model.inference(),
                rowsOf(given),
                onlyInput(model.spec(), given.inputs().keySet()),
                given);
    }

    private Session(Model model, int rows, String input, Window given) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows is " + rows + ", expected 1 or more");
        }
        this.model = model;
        this.input = input;
        this.given = given;
        this.rows = rows;
        this.begun = model.changes().now();
        this.known = model.graph().given(given);
        checkUnchanged();
    }

    /** Like another session, with the same mark. */
    private Session(Session of) {
        this.model = of.model;
        this.input = of.input;
        this.given = of.given;
        this.rows = of.rows;
        this.begun = of.begun;
        this.known = of.known;
    }

    private static int rowsOf(Window given) {
        int rows = -1;
        for (Map.Entry<String, Value> value : given.inputs().entrySet()) {
            int found = value.getValue().shape().dim(0);
            if (rows >= 0 && rows != found) {
                throw new IllegalArgumentException(
                        "input " + value.getKey() + " has " + found + " rows, another one " + rows);
            }
            rows = found;
        }
        return rows;
    }

    private static String onlyInput(ModelSpec spec, Set<String> given) {
        List<String> left = new ArrayList<>(spec.inputs());
        left.removeAll(given);
        if (!spec.inputs().containsAll(given)) {
            throw new IllegalArgumentException("inputs " + given + " were given, the model has " + spec.inputs());
        }
        if (left.size() != 1) {
            throw new IllegalArgumentException("a session streams one input, expected all others to be given: "
                    + "the model has " + spec.inputs() + ", given are " + given);
        }
        return left.get(0);
    }

    private void enter() {
        Thread other = inside.compareAndExchange(null, Thread.currentThread());
        if (other != null) {
            throw new IllegalStateException("this session is in use by the thread " + other.getName()
                    + "; a session belongs to one thread at a time: begin one for each thread, or fork() it");
        }
    }

    private void leave() {
        inside.set(null);
    }

    private void checkUnchanged() {
        if (model.changes().since(begun)) {
            throw new IllegalStateException("the model's parameters were changed since this session began;"
                    + " serve from model.copy(), or begin a new session");
        }
    }

    private static void checkOutput(Shape shape, float[] y) {
        if (shape.size() != y.length) {
            throw new IllegalArgumentException("the output has the shape " + shape + ", which is " + shape.size()
                    + " numbers, but y has " + y.length);
        }
    }

    /** The number of parallel streams. */
    public int rows() {
        return rows;
    }

    /** Whether the next step replays a recorded step, as is normal from the third step on; a layer that reads numbers while it runs prevents it. */
    public boolean replays() {
        enter();
        try {
            return replay != null;
        } finally {
            leave();
        }
    }

    /**
     * One step on numbers.
     *
     * @param x N rows of D numbers; not modified
     * @param y N rows of the output's numbers; modified
     * @throws IllegalStateException if another thread is using this session, the model's parameters were changed before or during this step, or a
     *     layer depends on more than its input and state; the state is as before
     */
    public void step(float[] x, float[] y) {
        if (x.length % rows != 0) {
            throw new IllegalArgumentException(x.length + " numbers cannot be " + rows + " rows");
        }
        enter();
        try {
            checkUnchanged();
            if (replay == null || !replay.takes(x) || !replayHoldsStates()) {
                runLayers(tensor(x), y);
                return;
            }
            checkOutput(replay.shape(), y);
            replay.compute(x);
            finish(toProve() ? tensor(x) : null, y);
        } finally {
            leave();
        }
    }

    private Tensor tensor(float... x) {
        return Tensors.of(Shape.of(rows, 1, x.length / rows), x);
    }

    /**
     * One step on token ids.
     *
     * @param ids one for each row; not modified
     * @param y N rows of the output's numbers; modified
     * @throws IllegalStateException as for {@link #step(float[], float[])}
     */
    public void step(int[] ids, float[] y) {
        if (ids.length != rows) {
            throw new IllegalArgumentException(ids.length + " ids for " + rows + " rows");
        }
        enter();
        try {
            checkUnchanged();
            if (replay == null || !replay.takes(ids) || !replayHoldsStates()) {
                runLayers(ids(ids), y);
                return;
            }
            checkOutput(replay.shape(), y);
            replay.compute(ids);
            finish(toProve() ? ids(ids) : null, y);
        } finally {
            leave();
        }
    }

    private Ids ids(int... ids) {
        return Ids.of(Shape.of(rows, 1), ids);
    }

    /** Whether the number of the next replayed step, from 1, is a power of two. */
    private boolean toProve() {
        return (replayed & replayed + 1) == 0;
    }

    /**
     * Ends a replayed step that was computed.
     *
     * @param toProve its input, where it is to be compared with what the layers do; else null
     */
    private void finish(Value toProve, float[] y) {
        if (toProve == null) {
            checkUnchanged();
            replay.finish(y);
        } else {
            prove(toProve, y);
        }
        replayed++;
    }

    private void prove(Value x, float[] y) {
        Carry before = currentState();
        Forward forward = model.graph().step(Window.of(Map.of(input, x)).with(before), known);
        // Before a layer is blamed for other numbers.
        checkUnchanged();
        replay.finish(y);
        Map<String, Tensor> after = forward.carry().tensors();
        boolean same = Arrays.equals(FloatTensor.of(forward.output()).array(), y);
        for (Map.Entry<String, Tensor> part : currentState().tensors().entrySet()) {
            same &= Arrays.equals(
                    part.getValue().toFloats(), after.get(part.getKey()).toFloats());
        }
        if (!same) {
            carry = before;
            throw new IllegalStateException(
                    "step " + (replayed + 1) + " of those that this session replays gave other numbers"
                            + " than the layers give: a layer depends on more than its input and its state (does it count its calls,"
                            + " draw numbers by itself, or change a field?). Keep what varies in its State, and draw from Pass.draws()");
        }
    }

    /** One step through the layers, as a window; also reports errors in an input that the replay does not accept. */
    private void runLayers(Value x, float[] y) {
        Trace trace = new Trace();
        if (!toRecord) {
            trace.close();
        }
        Carry before = currentState().map(trace::state);
        Value traced = x instanceof Ids ids ? trace.input(ids) : trace.input((Tensor) x);
        Forward forward = model.graph().step(Window.of(Map.of(input, traced)).with(before), known);
        trace.close();
        checkUnchanged();
        FloatTensor output = FloatTensor.of(forward.output());
        checkOutput(output.shape(), y);
        System.arraycopy(output.array(), 0, y, 0, y.length);
        carry = forward.carry();
        // Not in the first step, which begins without states.
        if (toRecord && shapes(carry).equals(shapes(before))) {
            record(trace, output, before);
        }
    }

    private void record(Trace trace, Tensor output, Carry before) {
        toRecord = false;
        Map<String, Tensor> after = carry.tensors();
        List<Tensor> next = before.tensors().keySet().stream().map(after::get).toList();
        Optional<Replay> recorded = trace.replay(output, next);
        if (recorded.isPresent() && recorded.get().repeats()) {
            replay = recorded.get();
            layout = before;
        } else {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "a session runs its layers in every step, which is slower than replaying one: {0}",
                    recorded.isPresent()
                            ? "a recorded step gave other numbers when it was replayed; does an op set all its outputs?"
                            : "a layer read numbers or ids while it ran");
        }
    }

    private static Map<String, Shape> shapes(Carry carry) {
        Map<String, Shape> shapes = new HashMap<>();
        carry.tensors().forEach((name, part) -> shapes.put(name, part.shape()));
        return shapes;
    }

    /** Brings the states into the replay; false where they are others than it has, of which the layers must judge. */
    private boolean replayHoldsStates() {
        if (carry == null) {
            return true;
        }
        if (carry.states().isEmpty() && !given.inputs().isEmpty()) {
            return false;
        } else if (carry.states().isEmpty()) {
            replay.reset();
        } else if (shapes(carry).equals(shapes(layout))) {
            Map<String, Tensor> parts = carry.tensors();
            Iterator<float[]> states = replay.states().iterator();
            for (String name : layout.tensors().keySet()) {
                float[] state = states.next();
                System.arraycopy(FloatTensor.of(parts.get(name)).array(), 0, state, 0, state.length);
            }
        } else {
            return false;
        }
        carry = null;
        return true;
    }

    /** The states now; a copy. */
    public Carry state() {
        enter();
        try {
            return currentState();
        } finally {
            leave();
        }
    }

    private Carry currentState() {
        if (carry != null) {
            return carry;
        }
        Iterator<float[]> states = replay.states().iterator();
        return layout.map(part -> Tensors.of(part.shape(), states.next()));
    }

    /**
     * Continues from these states, which come from {@link #state}, from a training window or from a file. The next step refuses a state for a place
     * that carries none; a layer without a state here starts as at the beginning.
     */
    public void restore(Carry state) {
        Objects.requireNonNull(state);
        enter();
        try {
            carry = state;
        } finally {
            leave();
        }
    }

    /** Back to the start: to zeros, or to the first states that the given inputs lead to. */
    public void reset() {
        restore(Carry.none());
    }

    /**
     * A second, independent session that continues from the same states and replays the same recorded step. If the model's parameters were changed
     * since this session began, the second starts with the new ones.
     */
    public Session fork() {
        enter();
        try {
            if (model.changes().since(begun)) {
                Session anew = new Session(model, rows, input, given);
                anew.carry = currentState();
                return anew;
            }
            Session fork = new Session(this);
            fork.carry = currentState();
            fork.replay = replay == null ? null : replay.copy();
            fork.layout = layout;
            fork.toRecord = toRecord;
            fork.replayed = replayed;
            return fork;
        } finally {
            leave();
        }
    }
}
