package org.rnn4j.core.tensor;

import java.util.List;
import java.util.Locale;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** Sums, and what is made of them. */
enum Reduction implements Op {
    /** {@code y = Σ x}. */
    SUM {
        @Override
        public List<Shape> shapes(List<Shape> in) {
            return List.of(Shape.of());
        }

        @Override
        public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
            out[0].data()[0] = k.sum(in[0]);
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
            float dy = dOut[0].data()[0];
            float[] dx = dIn[0].data();
            for (int i = 0; i < dIn[0].size(); i++) {
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
        public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
            Block[] rows = rows(in[0], memory);
            for (int r = 0; r < rows.length; r++) {
                out[0].data()[r] = k.sum(rows[r]);
            }
        }

        /** Made once for all steps of a session, which must not allocate; not held on to until a backward pass. */
        private static Block[] rows(Block x, Memory memory) {
            if (memory.prepared() instanceof Block[] made) {
                return made;
            }
            Block[] made = new Block[x.rows()];
            for (int r = 0; r < made.length; r++) {
                made[r] = x.rows(r, r + 1);
            }
            if (!memory.keeps()) {
                memory.prepare(made);
            }
            return made;
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
            int columns = in[0].columns();
            float[] dx = dIn[0].data();
            for (int i = 0; i < dIn[0].size(); i++) {
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
        public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
            Block z = Block.of(memory.scratch(in[0].rows()), in[0].rows(), 1);
            k.logSumExp(in[0], z);
            for (int r = 0; r < in[0].rows(); r++) {
                for (int c = 0; c < in[0].columns(); c++) {
                    out[0].set(r, c, in[0].get(r, c) - z.get(r, 0));
                }
            }
        }

        @Override
        public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
            int rows = in[0].rows();
            Block zero = Block.of(memory.scratch(rows), rows, 1);
            k.fill(0f, zero);
            Block scale = Block.of(memory.scratch(rows), rows, 1);
            for (int r = 0; r < rows; r++) {
                scale.set(r, 0, -k.sum(dOut[0].rows(r, r + 1)));
            }
            k.addSoftmax(out[0], zero, scale, dIn[0]);
            k.plus(dIn[0], dOut[0], dIn[0]);
        }
    };

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
