package org.rnn4j.api.op;

import java.util.List;
import org.rnn4j.api.Tensor;

/** A tensor that runs hand-written ops, as the float32 one does. A layer does not ask whether it has one: see {@link Op#on}. */
public interface OpTensor extends Tensor {
    /** The outputs of an op on this and the other inputs. */
    List<Tensor> apply(Op op, Tensor... others);
}
