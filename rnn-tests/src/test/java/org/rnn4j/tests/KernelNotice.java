package org.rnn4j.tests;

import java.util.regex.Pattern;

/** What a JVM without the Vector API is told once, on standard error: by the logger in two lines, when and where, then the message. */
final class KernelNotice {
    private static final Pattern NOTICE = Pattern.compile(
            ".*ChosenKernels gainsFromVectors\\R\\p{L}+: RNN4J runs without the Vector API; with the JVM option"
                    + " --add-modules jdk.incubator.vector products are several times faster, with the same results\\R");

    private KernelNotice() {}

    /** What else stands on standard error. */
    static String without(String standardError) {
        return NOTICE.matcher(standardError).replaceFirst("");
    }
}
