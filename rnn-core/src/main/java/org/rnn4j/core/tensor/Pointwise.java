package org.rnn4j.core.tensor;

import java.util.List;
import java.util.Locale;
import org.rnn4j.api.Shape;
import org.rnn4j.api.op.Block;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Memory;
import org.rnn4j.api.op.Op;

/** Functions of one number, applied to every element: {@code y = f(x)} and {@code dx += dy * f'(x)}. */
enum Pointwise implements Op {
    TANH {
        @Override
        void function(Kernels k, Block x, Block y) {
            k.tanh(x, y);
        }

        @Override
        void gradient(float[] dy, float[] x, float[] y, float[] dx, int size) {
            for (int i = 0; i < size; i++) {
                dx[i] += dy[i] * (1 - y[i] * y[i]);
            }
        }
    },
    SIGMOID {
        @Override
        void function(Kernels k, Block x, Block y) {
            k.sigmoid(x, y);
        }

        @Override
        void gradient(float[] dy, float[] x, float[] y, float[] dx, int size) {
            for (int i = 0; i < size; i++) {
                dx[i] += dy[i] * (y[i] * (1 - y[i]));
            }
        }
    },
    RELU {
        @Override
        void function(Kernels k, Block x, Block y) {
            for (int i = 0; i < y.size(); i++) {
                // Not Math.max(x, 0): a NaN must stay one.
                y.data()[i] = x.data()[i] < 0 ? 0 : x.data()[i];
            }
        }

        @Override
        void gradient(float[] dy, float[] x, float[] y, float[] dx, int size) {
            for (int i = 0; i < size; i++) {
                dx[i] += x[i] > 0 ? dy[i] : 0;
            }
        }
    },
    EXP {
        @Override
        void function(Kernels k, Block x, Block y) {
            k.exp(x, y);
        }

        @Override
        void gradient(float[] dy, float[] x, float[] y, float[] dx, int size) {
            for (int i = 0; i < size; i++) {
                dx[i] += dy[i] * y[i];
            }
        }
    },
    LOG {
        @Override
        void function(Kernels k, Block x, Block y) {
            for (int i = 0; i < y.size(); i++) {
                y.data()[i] = (float) StrictMath.log(x.data()[i]);
            }
        }

        @Override
        void gradient(float[] dy, float[] x, float[] y, float[] dx, int size) {
            for (int i = 0; i < size; i++) {
                dx[i] += dy[i] / x[i];
            }
        }
    },
    SQRT {
        @Override
        void function(Kernels k, Block x, Block y) {
            for (int i = 0; i < y.size(); i++) {
                y.data()[i] = (float) Math.sqrt(x.data()[i]);
            }
        }

        @Override
        void gradient(float[] dy, float[] x, float[] y, float[] dx, int size) {
            for (int i = 0; i < size; i++) {
                dx[i] += dy[i] * (0.5f / y[i]);
            }
        }
    },
    SOFTPLUS {
        @Override
        void function(Kernels k, Block x, Block y) {
            for (int i = 0; i < y.size(); i++) {
                double value = x.data()[i];
                y.data()[i] = (float) (Math.max(value, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(value))));
            }
        }

        @Override
        void gradient(float[] dy, float[] x, float[] y, float[] dx, int size) {
            for (int i = 0; i < size; i++) {
                dx[i] += dy[i] * (float) (1 / (1 + StrictMath.exp(-x[i])));
            }
        }
    };

    abstract void function(Kernels k, Block x, Block y);

    abstract void gradient(float[] dy, float[] x, float[] y, float[] dx, int size);

    @Override
    public List<Shape> shapes(List<Shape> in) {
        return in;
    }

    @Override
    public void forward(Kernels k, Block[] in, Block[] out, Memory memory) {
        function(k, in[0], out[0]);
    }

    @Override
    public void backward(Kernels k, Block[] dOut, Block[] in, Block[] out, Memory memory, Block[] dIn) {
        gradient(dOut[0].data(), in[0].data(), out[0].data(), dIn[0].data(), dIn[0].size());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
