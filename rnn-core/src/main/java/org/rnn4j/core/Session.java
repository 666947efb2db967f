package org.rnn4j.core;

import java.util.Map;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;
import org.rnn4j.api.Value;

/**
 * A stream: one step at a time through a model, with the state kept in between. Every recurrent layer goes on where it was, stateful
 * or not, and the outputs are those of one long window, bit for bit.
 *
 * <p>A session belongs to one thread at a time; any number of sessions may share a model. It refuses to go on when the model's
 * parameters have been changed since it began: serve from {@link Model#copy} while training goes on.
 *
 * <pre>{@code
 * Session session = model.session(1);
 * session.step(new int[] {id}, logits);
 * Session what = session.fork();   // try another continuation
 * }</pre>
 */
public final class Session {
    private final Model model;
    private final int rows;
    private final long version;
    private Carry carry = Carry.none();

    Session(Model model, int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("rows is " + rows + ", expected 1 or more");
        }
        if (model.spec().inputs().size() != 1) {
            throw new IllegalArgumentException("a session streams models of one input; this one has "
                    + model.spec().inputs());
        }
        this.model = model.inference();
        this.rows = rows;
        this.version = versions();
    }

    private long versions() {
        return model.parameters().stream().mapToLong(Parameter::version).sum();
    }

    /** How many streams run side by side. */
    public int rows() {
        return rows;
    }

    /**
     * One step on numbers.
     *
     * @param x N rows of D numbers; not modified
     * @param y N rows of the output's numbers; modified
     */
    public void step(float[] x, float[] y) {
        if (x.length % rows != 0) {
            throw new IllegalArgumentException(x.length + " numbers cannot be " + rows + " rows");
        }
        step(Tensors.of(Shape.of(rows, 1, x.length / rows), x), y);
    }

    /**
     * One step on token ids.
     *
     * @param ids one for each row; not modified
     * @param y N rows of the output's numbers; modified
     */
    public void step(int[] ids, float[] y) {
        if (ids.length != rows) {
            throw new IllegalArgumentException(ids.length + " ids for " + rows + " rows");
        }
        step(Ids.of(Shape.of(rows, 1), ids), y);
    }

    private void step(Value x, float[] y) {
        if (versions() != version) {
            throw new IllegalStateException("the model's parameters were changed since this session began;"
                    + " serve from model.copy(), or begin a new session");
        }
        Window window = Window.of(Map.of(model.spec().inputs().get(0), x)).with(carry);
        Forward forward = model.forward(window, WindowPass.Kind.STREAM, (node, values) -> {});
        Tensor output = forward.output();
        if (output.shape().size() != y.length) {
            throw new IllegalArgumentException("the output has the shape " + output.shape() + ", which is "
                    + output.shape().size() + " numbers, but y has " + y.length);
        }
        System.arraycopy(output.toFloats(), 0, y, 0, y.length);
        carry = forward.carry();
    }

    /** The states now. */
    public Carry state() {
        return carry;
    }

    /** Goes on from these states: those of {@link #state}, of a training window or of a file. */
    public void restore(Carry state) {
        carry = state;
    }

    /** Back to zeros. */
    public void reset() {
        carry = Carry.none();
    }

    /** A second session that goes on from the same states on its own. */
    public Session fork() {
        Session fork = new Session(model, rows);
        fork.carry = carry;
        return fork;
    }
}
