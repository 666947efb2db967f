package org.rnn4j.testkit;

import java.util.List;
import java.util.function.Function;
import org.rnn4j.api.CellSpec;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Fused;
import org.rnn4j.api.op.FusedCell;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.StepKernel;
import org.rnn4j.api.op.Weight;

/** A cell with a hand-written step, {@code h' = tanh(b + x·Wx + h·Wh)}, 4 to 6 wide: what the cells with wrong kernels are made from. */
record Elman(Tensor wx, Tensor wh, Tensor b, StepKernel kernel) implements FusedCell {
    static Elman of(Params params, Function<Weight, StepKernel> kernel) {
        Tensor wx = params.get("wx", Init.xavier(), 4, 6);
        Tensor wh = params.get("wh", Init.xavier(), 6, 6);
        return new Elman(wx, wh, params.get("b", Init.zeros(), 6), kernel.apply(Weight.of(wh)));
    }

    /** With the right kernel. */
    public record Spec() implements CellSpec {
        @Override
        public Recurrent create(Params params) {
            return of(params, Kernel::new);
        }
    }

    @Override
    public List<StatePart> state() {
        return List.of(StatePart.of("h", 6));
    }

    @Override
    public Step step(Tensor x, State previous) {
        Tensor h = x.matmul(wx).plus(previous.get("h").matmul(wh)).plus(b).tanh();
        return new Step(h, State.of("h", h));
    }

    @Override
    public Fused fused() {
        return new Fused(kernel, wx, b);
    }

    /** Keeps {@code 1 - h²}, though nobody needs to. */
    static class Kernel implements StepKernel {
        private final Weight wh;

        Kernel(Weight wh) {
            this.wh = wh;
        }

        @Override
        public List<Weight> weights() {
            return List.of(wh);
        }

        @Override
        public int gates() {
            return 1;
        }

        @Override
        public int[] kept() {
            return new int[] {1};
        }

        @Override
        public void forward(Kernels k, FusedStep s) {
            Block h = s.gates().all();
            k.multiplyAdd(s.previous(0), s.matrix(wh), h);
            k.tanh(h, h);
            k.copy(h, s.next(0));
            keep(k, s);
        }

        void keep(Kernels k, FusedStep s) {
            Block slope = s.kept(0).all();
            k.fill(1, slope);
            k.tanhGradient(slope, s.gates().all(), slope);
        }

        @Override
        public void backward(Kernels k, FusedStep s) {
            k.times(s.dState(0), s.kept(0).all(), s.dGates().all());
            k.multiply(s.dGates().all(), s.matrix(wh), s.dState(0));
        }
    }
}
