package org.rnn4j.core.tensor;

import java.util.List;
import java.util.Locale;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Op;
import org.rnn4j.api.op.Saved;

/** Sums, and what is made of them. */
enum Reduction implements Op {
    /** {@code y = Σ x}. */
    SUM {
        @Override
        public List<Shape> shapes(List<Shape> in) {
            return List.of(Shape.of());
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Saved saved) {
            out[0].data()[0] = k.sum(in[0]);
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Saved saved, Block[] dIn) {
            float dy = dOut[0].data()[0];
            float[] dx = dIn[0].data();
            for (int i = 0; i < dx.length; i++) {
                dx[i] += dy;
            }
        }
    },
    /** {@code y_r = Σ_c x_rc}. */
    SUM_COLUMNS {
        @Override
        public List<Shape> shapes(List<Shape> in) {
            return List.of(in.get(0).withColumns(1));
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Saved saved) {
            for (int r = 0; r < in[0].rows(); r++) {
                out[0].data()[r] = k.sum(in[0].rows(r, r + 1));
            }
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Saved saved, Block[] dIn) {
            int columns = in[0].columns();
            float[] dx = dIn[0].data();
            for (int i = 0; i < dx.length; i++) {
                dx[i] += dOut[0].data()[i / columns];
            }
        }
    },
    /** {@code y_rc = x_rc - log Σ_j e^x_rj}, so {@code dx_rc += dy_rc - e^y_rc Σ_j dy_rj}. */
    LOG_SOFTMAX {
        @Override
        public List<Shape> shapes(List<Shape> in) {
            return in;
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Saved saved) {
            int columns = in[0].columns();
            float[] x = in[0].data();
            float[] y = out[0].data();
            Block row = Block.of(k.scratch(columns), 1, columns);
            for (int r = 0; r < in[0].rows(); r++) {
                int from = r * columns;
                float max = Float.NEGATIVE_INFINITY;
                for (int c = 0; c < columns; c++) {
                    max = Math.max(max, x[from + c]);
                }
                for (int c = 0; c < columns; c++) {
                    row.data()[c] = x[from + c] - max;
                }
                k.exp(row, row);
                float log = (float) StrictMath.log(k.sum(row));
                for (int c = 0; c < columns; c++) {
                    y[from + c] = x[from + c] - max - log;
                }
            }
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Saved saved, Block[] dIn) {
            int columns = in[0].columns();
            float[] dy = dOut[0].data();
            float[] dx = dIn[0].data();
            Block softmax = Block.of(k.scratch(columns), 1, columns);
            for (int r = 0; r < in[0].rows(); r++) {
                int from = r * columns;
                float sum = k.sum(dOut[0].rows(r, r + 1));
                k.exp(out[0].rows(r, r + 1), softmax);
                for (int c = 0; c < columns; c++) {
                    dx[from + c] += dy[from + c] - softmax.data()[c] * sum;
                }
            }
        }
    };

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
