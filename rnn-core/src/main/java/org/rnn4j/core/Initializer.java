package org.rnn4j.core;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Init;
import org.rnn4j.api.Shape;
import org.rnn4j.core.tensor.NonFinite;

/** Carries out an {@link Init}. */
final class Initializer {
    private Initializer() {}

    /**
     * New numbers for a parameter of this shape, row-major.
     *
     * @param path the parameter's, for messages
     * @throws IllegalArgumentException if one of them is NaN or infinite
     */
    static float[] values(String path, Init init, Shape shape, Draws draws) {
        if (init == null) {
            throw new IllegalArgumentException("parameter " + path + shape + ": expected initial values, got null");
        }
        float[] values = values(init, shape, draws);
        int position = NonFinite.first(values, values.length);
        if (position >= 0) {
            throw new IllegalArgumentException("parameter " + path + shape + ": " + init + " gives " + values[position]
                    + " at position " + position + ", expected finite numbers");
        }
        return values;
    }

    private static float[] values(Init init, Shape shape, Draws draws) {
        float[] values = new float[shape.size()];
        if (init instanceof Init.Constant constant) {
            Arrays.fill(values, (float) constant.value());
        } else if (init instanceof Init.Uniform uniform) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * draws.uniform(i) - 1) * uniform.bound());
            }
        } else if (init instanceof Init.Normal normal) {
            fillNormal(values, normal.deviation(), draws);
        } else if (init instanceof Init.Xavier) {
            fillNormal(values, Math.sqrt(2.0 / (shape.rows() + shape.columns())), draws);
        } else if (init instanceof Init.LeCun) {
            fillNormal(values, Math.sqrt(1.0 / shape.rows()), draws);
        } else if (init instanceof Init.He) {
            fillNormal(values, Math.sqrt(2.0 / shape.rows()), draws);
        } else if (init instanceof Init.Orthogonal orthogonal) {
            fillOrthogonal(values, shape, orthogonal.gain(), draws);
        } else if (init instanceof Init.Gates gates) {
            fillGates(values, gates, shape, draws);
        } else {
            ((Init.Custom) init).fill(values, shape, draws);
        }
        return values;
    }

    private static void fillNormal(float[] values, double deviation, Draws draws) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (draws.normal(i) * deviation);
        }
    }

    /**
     * The Q of a random matrix, with the signs of R's diagonal so that all rotations are equally likely (Mezzadri, 2007). In float64, and rounded once:
     * the rows or columns are orthogonal as far as float32 can hold them.
     */
    private static void fillOrthogonal(float[] values, Shape shape, double gain, Draws draws) {
        int rows = shape.rows();
        int columns = shape.columns();
        int tall = Math.max(rows, columns);
        int thin = Math.min(rows, columns);
        DMatrixRMaj random = new DMatrixRMaj(tall, thin);
        for (int i = 0; i < random.data.length; i++) {
            random.data[i] = draws.normal(i);
        }
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(tall, thin);
        if (!qr.decompose(random)) {
            throw new IllegalArgumentException("orthogonal " + shape + ": the decomposition failed");
        }
        DMatrixRMaj q = qr.getQ(null, true);
        DMatrixRMaj r = qr.getR(null, true);
        for (int i = 0; i < tall; i++) {
            for (int j = 0; j < thin; j++) {
                double value = gain * q.get(i, j) * Math.signum(r.get(j, j));
                values[rows >= columns ? i * columns + j : j * columns + i] = (float) value;
            }
        }
    }

    private static void fillGates(float[] values, Init.Gates gates, Shape shape, Draws draws) {
        int blocks = gates.blocks().size();
        if (shape.columns() % blocks != 0) {
            throw new IllegalArgumentException("gates: " + shape + " has no " + blocks + " equal blocks of columns");
        }
        int width = shape.columns() / blocks;
        for (int g = 0; g < blocks; g++) {
            float[] block = values(gates.blocks().get(g), shape.withColumns(width), draws.at(g));
            for (int r = 0; r < shape.rows(); r++) {
                System.arraycopy(block, r * width, values, r * shape.columns() + g * width, width);
            }
        }
    }
}
