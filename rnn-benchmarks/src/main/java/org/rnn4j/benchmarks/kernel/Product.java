package org.rnn4j.benchmarks.kernel;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.rnn4j.benchmarks.measure.LayerAlone;

/**
 * A product as a recurrent layer needs it, {@code (M,K)·(K,N)}.
 *
 * @param role which of its products
 * @param rows M
 * @param columns N
 * @param inner K
 */
record Product(Role role, int rows, int columns, int inner) {
    /** Which of a layer's products. */
    enum Role {
        /** All inputs of a window at once: {@code x·Wx}, N·T rows. */
        INPUT,
        /** One step: {@code h·Wh}, N rows. */
        RECURRENT,
        /** One step back: {@code dA·Whᵀ}, N rows. */
        RECURRENT_GRADIENT,
        /** The gradient of all inputs: {@code dA·Wxᵀ}, N·T rows. */
        INPUT_GRADIENT,
        /** The gradient of a weight: {@code xᵀ·dA}, N·T deep. The right operand is new every time, and is packed anew. */
        WEIGHT_GRADIENT;

        /** Whether the right operand is a weight that is used transposed. */
        boolean isTransposed() {
            return this == RECURRENT_GRADIENT || this == INPUT_GRADIENT;
        }
    }

    /** All products of a layer. */
    static Stream<Product> of(LayerAlone layer) {
        int window = layer.rows() * layer.steps();
        int gates = layer.gates() * layer.hidden();
        return Stream.of(
                new Product(Role.INPUT, window, gates, layer.inputs()),
                new Product(Role.RECURRENT, layer.rows(), gates, layer.hidden()),
                new Product(Role.RECURRENT_GRADIENT, layer.rows(), layer.hidden(), gates),
                new Product(Role.INPUT_GRADIENT, window, layer.inputs(), gates),
                new Product(Role.WEIGHT_GRADIENT, layer.hidden(), gates, window));
    }

    /** Those of the LSTM lines of W5. */
    static List<Product> all() {
        return LayerAlone.ALL.stream()
                .filter(layer -> layer.cell().equals("lstm"))
                .flatMap(Product::of)
                .toList();
    }

    /** The one of a name such as {@code RECURRENT:32x512x128}. */
    static Product parse(String name) {
        String[] parts = name.split("[:x]", -1);
        return new Product(
                Role.valueOf(parts[0]),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]),
                Integer.parseInt(parts[3]));
    }

    /** The name. */
    String name() {
        return String.format(Locale.ROOT, "%s:%dx%dx%d", role, rows, columns, inner);
    }

    /** Floating-point operations. */
    double operations() {
        return 2.0 * rows * columns * inner;
    }

    /** How many of them an application of the op computes: small ones as often as a window has steps, large ones once. */
    int times() {
        return (int) Math.max(1, Math.min(32, 2e8 / operations()));
    }

    /** What is read of the right operand. */
    double rightBytes() {
        return 4.0 * columns * inner;
    }

    /** Whether reading the right operand bounds it: a large weight that few rows use, as every step needs all of it once more. */
    boolean isBoundByMemory() {
        return rows < 32 && rightBytes() > 8e6;
    }
}
