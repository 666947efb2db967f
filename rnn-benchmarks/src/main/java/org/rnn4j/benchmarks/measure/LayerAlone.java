package org.rnn4j.benchmarks.measure;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A recurrent layer alone, forward and backward: workload W5. Its name holds everything: {@code W5-lstm-32x64x128x128}.
 *
 * @param cell {@code rnn}, {@code gru} or {@code lstm}
 * @param rows N
 * @param steps T
 * @param inputs D
 * @param hidden H
 */
public record LayerAlone(String cell, int rows, int steps, int inputs, int hidden) {
    private static final String PREFIX = "W5-";

    /** The twelve that are compared. */
    public static final List<LayerAlone> ALL = Stream.of("rnn", "gru", "lstm")
            .flatMap(cell -> Stream.of(
                    new LayerAlone(cell, 32, 64, 128, 128),
                    new LayerAlone(cell, 32, 64, 256, 256),
                    new LayerAlone(cell, 64, 50, 512, 512),
                    new LayerAlone(cell, 20, 35, 1024, 1024)))
            .toList();

    /** Whether a workload is one of these. */
    public static boolean isOne(String workload) {
        return workload.startsWith(PREFIX);
    }

    /** The one of a name. */
    public static LayerAlone of(String name) {
        String[] parts = name.split("-", -1);
        if (parts.length != 3 || !isOne(name)) {
            throw new IllegalArgumentException("workload " + name + ", expected one such as W5-lstm-32x64x128x128");
        }
        int[] sizes =
                Stream.of(parts[2].split("x", -1)).mapToInt(Integer::parseInt).toArray();
        if (sizes.length != 4) {
            throw new IllegalArgumentException("workload " + name + ": expected N, T, D and H, got " + sizes.length);
        }
        return new LayerAlone(parts[1], sizes[0], sizes[1], sizes[2], sizes[3]);
    }

    /** The name. */
    public String name() {
        return String.format(Locale.ROOT, "%s%s-%dx%dx%dx%d", PREFIX, cell, rows, steps, inputs, hidden);
    }

    /** How many gates the cell has. */
    public int gates() {
        return switch (cell) {
            case "rnn" -> 1;
            case "gru" -> 3;
            case "lstm" -> 4;
            default -> throw new IllegalArgumentException("cell " + cell + ", expected rnn, gru or lstm");
        };
    }

    /**
     * The arithmetic of the products, in floating-point operations: forward {@code 2·N·T·G·(D+H)}, backward twice that. What is done element
     * by element is left out.
     */
    public double operations() {
        return 6.0
                * IntStream.of(rows, steps, gates(), hidden).asDoubleStream().reduce(1, (a, b) -> a * b)
                * (inputs + hidden);
    }
}
