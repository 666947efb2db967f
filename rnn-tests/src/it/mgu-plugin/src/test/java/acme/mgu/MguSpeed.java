package acme.mgu;

import java.util.List;
import org.rnn4j.api.LayerSpec;
import org.rnn4j.api.Lengths;
import org.rnn4j.api.Params;
import org.rnn4j.api.Recurrent;
import org.rnn4j.api.Shape;
import org.rnn4j.api.State;
import org.rnn4j.api.StatePart;
import org.rnn4j.api.Step;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Tensors;
import org.rnn4j.layers.Time;
import org.rnn4j.layers.loss.SquaredError;

/** How long a forward and a backward pass over windows takes, by the composed step and by the kernel. */
final class MguSpeed {
    private static final int ROWS = 32;
    private static final int STEPS = 50;
    private static final int WIDTH = 128;

    private MguSpeed() {}

    /** The cell without its kernel. */
    record Composed(int inputs, int hidden) implements LayerSpec<Recurrent> {
        @Override
        public Recurrent create(Params params) {
            Recurrent cell = new Mgu(inputs, hidden).create(params);
            return new Recurrent() {
                @Override
                public List<StatePart> state() {
                    return cell.state();
                }

                @Override
                public Step step(Tensor x, State previous) {
                    return cell.step(x, previous);
                }
            };
        }
    }

    /** Windows of both in turn, so that whatever else the machine does meets both; the fastest of each counts. */
    public static void main(String[] args) {
        Window composed = new Window(new Composed(WIDTH, WIDTH));
        Window fused = new Window(new Mgu(WIDTH, WIDTH));
        for (int i = 0; i < 300; i++) {
            composed.run();
            fused.run();
        }
        System.out.printf(
                "composed %.1f ms, by hand %.1f ms: %.1f times as fast%n",
                composed.fastest, fused.fastest, composed.fastest / fused.fastest);
    }

    private static final class Window {
        private final Model model;
        private final Gradients gradients = new Gradients();
        private final Tensor x = Tensors.of(Shape.of(ROWS, STEPS, WIDTH), new float[ROWS * STEPS * WIDTH]).plus(0.1);
        private double fastest = Double.POSITIVE_INFINITY;

        Window(LayerSpec<Recurrent> cell) {
            model = Model.create(ModelSpec.chain().then("mgu", new Time(cell)).build(), 1);
        }

        void run() {
            long start = System.nanoTime();
            gradients.refill(new SquaredError().of(model.forward(x), x, Lengths.full()));
            fastest = Math.min(fastest, (System.nanoTime() - start) / 1e6);
        }
    }
}
