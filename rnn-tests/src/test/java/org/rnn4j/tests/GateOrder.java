package org.rnn4j.tests;

import java.util.ArrayList;
import java.util.List;
import org.rnn4j.api.Tensor;

/**
 * How stacked weights of another system become ours: our block j is their block {@code from[j]}, times {@code sign[j]}. Done with
 * tensor operations, so that gradients come out in the other system's order.
 */
record GateOrder(int[] from, int[] sign) {
    /** PyTorch's orders are ours. */
    static final GateOrder SAME = new GateOrder(new int[] {0}, new int[] {1});

    /** The book's f,g,i,o as i,f,g,o. */
    static final GateOrder BOOK_LSTM = new GateOrder(new int[] {2, 0, 1, 3}, new int[] {1, 1, 1, 1});

    /** The book's z,r,h as r,z,n. Its z is our 1 - z, and 1 - sigmoid(a) = sigmoid(-a). */
    static final GateOrder BOOK_GRU = new GateOrder(new int[] {1, 0, 2}, new int[] {1, -1, 1});

    Tensor ours(Tensor theirs) {
        int width = theirs.shape().columns() / from.length;
        List<Tensor> blocks = new ArrayList<>();
        for (int j = 0; j < from.length; j++) {
            blocks.add(theirs.columns(from[j] * width, (from[j] + 1) * width).times(sign[j]));
        }
        return Tensor.join(blocks);
    }
}
