package org.rnn4j.core.linear;

/**
 * A complex number {@code re + im i}.
 *
 * @param re the real part
 * @param im the imaginary part
 */
public record Complex(double re, double im) {
    /** The modulus {@code sqrt(re² + im²)}, which neither overflows nor underflows on the way. */
    public double abs() {
        return StrictMath.hypot(re, im);
    }
}
