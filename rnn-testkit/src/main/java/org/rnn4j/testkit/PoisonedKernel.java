package org.rnn4j.testkit;

import java.util.List;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.op.Fused;
import org.rnn4j.api.op.FusedCell;
import org.rnn4j.api.op.FusedStep;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Kernels.Packed;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.StepKernel;
import org.rnn4j.api.op.Weight;

/**
 * Runs a hand-written step on arrays that contain NaN wherever it has to set a value. A value that it forgets would otherwise be zero in a small
 * test, and anything in a large model.
 *
 * @param parts how many parts the state has
 */
record PoisonedKernel(StepKernel kernel, int parts) implements StepKernel {
    @Override
    public int gates() {
        return kernel.gates();
    }

    @Override
    public int[] kept() {
        return kernel.kept();
    }

    @Override
    public int[] gradients() {
        return kernel.gradients();
    }

    @Override
    public List<Weight> weights() {
        return kernel.weights();
    }

    @Override
    public void forward(Kernels k, FusedStep s) {
        for (int i = 0; i < parts; i++) {
            k.fill(Float.NaN, s.next(i));
        }
        for (int i = 0; i < kernel.kept().length; i++) {
            k.fill(Float.NaN, s.kept(i).all());
        }
        kernel.forward(k, s);
    }

    @Override
    public void backward(Kernels k, FusedStep s) {
        k.fill(Float.NaN, s.dGates().all());
        for (int i = 0; i < kernel.gradients().length; i++) {
            k.fill(Float.NaN, s.gradient(i).all());
        }
        kernel.backward(k, s);
    }

    @Override
    public void weightGradients(Kernels k, Memory memory, FusedStep all, Packed dGates) {
        kernel.weightGradients(k, memory, all, dGates);
    }

    /** The cell with such a step instead of its own. */
    static Recurrent in(Recurrent cell) {
        Fused own = ((FusedCell) cell).fused();
        return new FusedCell() {
            @Override
            public List<StatePart> state() {
                return cell.state();
            }

            @Override
            public Step step(Tensor x, State previous) {
                return cell.step(x, previous);
            }

            @Override
            public Fused fused() {
                return new Fused(new PoisonedKernel(own.kernel(), cell.state().size()), own.wx(), own.b());
            }
        };
    }
}
