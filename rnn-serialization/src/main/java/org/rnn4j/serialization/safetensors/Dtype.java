package org.rnn4j.serialization.safetensors;

import java.util.Optional;

/**
 * The element type of a tensor in a safetensors file, by its name in the file.
 *
 * <p>{@link SafetensorsReader} turns F64, F32, F16 and BF16 into Java's floating point types and BOOL and the integers
 * into {@code long}; the others (F4, F6, F8 and C64) can be stored and read as raw bytes only.
 */
public enum Dtype {
    BOOL(8),
    F4(4),
    F6_E2M3(6),
    F6_E3M2(6),
    U8(8),
    I8(8),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    I16(16),
    U16(16),
    F16(16),
    BF16(16),
    I32(32),
    U32(32),
    F32(32),
    C64(64),
    F64(64),
    I64(64),
    U64(64);

    private final int bits;

    Dtype(int bits) {
        this.bits = bits;
    }

    /** Returns the size of one element in bits: 4 to 64. */
    public int bits() {
        return bits;
    }

    /** Returns the type of that name; names are upper case, as in the file. */
    static Optional<Dtype> named(String name) {
        for (Dtype dtype : values()) {
            if (dtype.name().equals(name)) {
                return Optional.of(dtype);
            }
        }
        return Optional.empty();
    }
}
