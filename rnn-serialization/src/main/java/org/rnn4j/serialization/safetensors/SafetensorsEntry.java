package org.rnn4j.serialization.safetensors;

import java.util.List;

/**
 * The description of one tensor in a safetensors file, without its numbers.
 *
 * @param name the tensor's name, any Unicode text
 * @param dtype the element type
 * @param shape the sizes of the dimensions, outermost first, each 0 or more; empty for a scalar. The format's sizes
 *     have 64 bits
 * @param begin where the data begins, in bytes from the start of the file's data
 * @param end where the data ends, exclusive, in the same unit
 */
public record SafetensorsEntry(String name, Dtype dtype, List<Long> shape, long begin, long end) {

    /** Copies the shape; nothing is checked here, {@link SafetensorsReader#open} checks what it reads. */
    public SafetensorsEntry {
        shape = List.copyOf(shape);
    }

    /** Returns the size of the data in bytes. */
    public long bytes() {
        return end - begin;
    }

    /**
     * Returns the shape as an array that {@link SafetensorsWriter} and most Java code take.
     *
     * @throws ArithmeticException if a dimension is over 2^31 - 1, where no Java array holds the tensor
     */
    public int[] dims() {
        return shape.stream().mapToInt(Math::toIntExact).toArray();
    }
}
