package org.rnn4j.core.tensor;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.IdsOp;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Op;
import org.rnn4j.core.kernel.ChosenKernels;
import org.rnn4j.core.kernel.PlainKernels;

/**
 * A recorded step that is run repeatedly in its own arrays. Nothing is allocated, except by ops that allocate. It holds the states, which each step
 * replaces. Its numbers are those of the recorded step until others are set.
 */
public final class Replay {
    /**
     * One op, to be run again and again.
     *
     * @param ids for an op on ids: those of the step, which each step replaces, or others, which stay; else null
     */
    private record Application(Op op, int[] ids, Block[] in, Block[] out, ReplayMemory memory) {
        void run(Kernels kernels) {
            memory.begin();
            if (ids == null) {
                op.forward(kernels, in, out, memory);
            } else {
                ((IdsOp) op).forward(ids, kernels, in, out, memory);
            }
        }
    }

    private final Trace trace;
    private final FloatTensor output;
    private final List<FloatTensor> next;

    private final Application[] applications;
    /** The input, one of the two; the other is null. */
    private final float[] x;

    private final int[] ids;
    private final int limit;
    private final float[] y;
    private final float[][] states;
    private final float[][] ends;
    /** Where an end is another state as it was: that state, to be copied to the end before it changes; else null. */
    private final float[][] moved;

    Replay(Trace trace, FloatTensor output, List<FloatTensor> next) {
        this.trace = trace;
        this.output = output;
        this.next = next;
        // By the array of the recording; those that are not here do not change.
        IdentityHashMap<float[], float[]> own = new IdentityHashMap<>();
        x = trace.x == null ? null : own(own, trace.x);
        ids = trace.ids == null ? null : trace.ids.toArray();
        states = trace.states.stream().map(state -> own(own, state)).toArray(float[][]::new);
        limit = trace.applications.stream()
                .filter(application -> goesByIdsOfTheStep(application.op()))
                .mapToInt(application -> ((IdsOp) application.op()).limit(shapes(application)))
                .min()
                .orElse(Integer.MAX_VALUE);
        applications = needed().stream()
                .map(application -> application(own, application))
                .toArray(Application[]::new);
        y = own.getOrDefault(output.data, output.data);
        ends = new float[states.length][];
        moved = new float[states.length][];
        for (int i = 0; i < ends.length; i++) {
            float[] end = own.getOrDefault(next.get(i).data, next.get(i).data);
            boolean isAnother = end != states[i] && Arrays.stream(states).anyMatch(state -> state == end);
            moved[i] = isAnother ? end : null;
            ends[i] = isAnother ? new float[end.length] : end;
        }
    }

    private static float[] own(IdentityHashMap<float[], float[]> own, FloatTensor recorded) {
        return own.computeIfAbsent(recorded.data, float[]::clone);
    }

    private boolean goesByIdsOfTheStep(Op op) {
        return op instanceof IdsOp withIds && TracedIds.traceOf(withIds.ids()) == trace;
    }

    private static List<Shape> shapes(Trace.Application application) {
        return Arrays.stream(application.inputs()).map(FloatTensor::shape).toList();
    }

    private int[] idsOf(Op op) {
        if (goesByIdsOfTheStep(op)) {
            return ids;
        }
        return op instanceof IdsOp withIds ? TracedIds.unwrapped(withIds.ids()).toArray() : null;
    }

    /** The applications on whose outputs a result depends. */
    private Deque<Trace.Application> needed() {
        Set<float[]> read = Collections.newSetFromMap(new IdentityHashMap<>());
        read.add(output.data);
        next.forEach(end -> read.add(end.data));
        Deque<Trace.Application> needed = new ArrayDeque<>();
        for (int i = trace.applications.size() - 1; i >= 0; i--) {
            Trace.Application application = trace.applications.get(i);
            if (Arrays.stream(application.out()).anyMatch(out -> read.contains(out.data()))) {
                needed.push(application);
                for (FloatTensor input : application.inputs()) {
                    read.add(input.data);
                }
            }
        }
        return needed;
    }

    private Application application(IdentityHashMap<float[], float[]> own, Trace.Application recorded) {
        FloatTensor[] inputs = recorded.inputs();
        Block[] in = new Block[inputs.length];
        for (int i = 0; i < in.length; i++) {
            in[i] = inputs[i].trace == null ? constant(inputs[i]) : in(own, inputs[i]);
        }
        Block[] out = new Block[recorded.out().length];
        for (int i = 0; i < out.length; i++) {
            Block block = recorded.out()[i];
            float[] array = new float[block.size()];
            // What an op forgets to set is found by repeats(): it was 0 in the recorded step.
            Arrays.fill(array, Float.NaN);
            own.put(block.data(), array);
            out[i] = Block.of(array, block.rows(), block.columns());
        }
        return new Application(recorded.op(), idsOf(recorded.op()), in, out, new ReplayMemory());
    }

    /** What no step changes: a parameter, or what was computed of parameters alone. */
    private static Block constant(FloatTensor input) {
        Block block = input.block();
        return block.origin() != null
                ? block
                : block.of(part -> {
                    PlainKernels kernels = ChosenKernels.get();
                    return kernels.pack(part, new float[kernels.packedSize(part)]);
                });
    }

    private static Block in(IdentityHashMap<float[], float[]> own, FloatTensor input) {
        Block block = input.block();
        return Block.of(own.getOrDefault(input.data, input.data), block.rows(), block.columns());
    }

    /** Whether the recorded input and states give the recorded results, bit for bit. */
    public boolean repeats() {
        // Twice: what an op prepares in its first run it uses in the next.
        run();
        run();
        boolean same = Arrays.equals(y, output.data);
        for (int i = 0; i < ends.length; i++) {
            same &= Arrays.equals(moved[i] == null ? ends[i] : moved[i], next.get(i).data);
        }
        return same;
    }

    /** Whether the step's input is this many numbers. */
    public boolean takes(float[] numbers) {
        return x != null && x.length == numbers.length;
    }

    /** Whether the step's input is ids, and these are in the vocabulary. */
    public boolean takes(int[] tokens) {
        if (ids == null) {
            return false;
        }
        for (int id : tokens) {
            if (id < 0 || id >= limit) {
                return false;
            }
        }
        return true;
    }

    /** The shape of the output. */
    public Shape shape() {
        return output.shape;
    }

    /** Computes a step on numbers that it {@link #takes(float[])}; the states stay until it is {@link #finish finished}. */
    public void compute(float[] numbers) {
        System.arraycopy(numbers, 0, x, 0, x.length);
        run();
    }

    /** Computes a step on ids that it {@link #takes(int[])}; the states stay until it is {@link #finish finished}. */
    public void compute(int[] tokens) {
        System.arraycopy(tokens, 0, ids, 0, ids.length);
        run();
    }

    /** Ends the step that was computed: gives its output, and puts its states in the place of those before it. */
    public void finish(float[] to) {
        System.arraycopy(y, 0, to, 0, y.length);
        for (int i = 0; i < moved.length; i++) {
            if (moved[i] != null) {
                System.arraycopy(moved[i], 0, ends[i], 0, ends[i].length);
            }
        }
        for (int i = 0; i < ends.length; i++) {
            System.arraycopy(ends[i], 0, states[i], 0, states[i].length);
        }
    }

    private void run() {
        // Asked in every step: a process begins with other kernels than it ends with.
        Kernels kernels = ChosenKernels.get();
        for (Application application : applications) {
            application.run(kernels);
        }
    }

    /** The arrays of the states now, in the order in which the trace was given them: to be read and set between steps. */
    public List<float[]> states() {
        return List.of(states);
    }

    /** All states are zeros. */
    public void reset() {
        for (float[] state : states) {
            Arrays.fill(state, 0f);
        }
    }

    /** The same step in other arrays. */
    public Replay copy() {
        return new Replay(trace, output, next);
    }
}
