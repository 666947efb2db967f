package org.rnn4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    private String finding(Target.Reader reader) {
        Probe probe = new Probe(target(reader), 1, directory);
        String message =
                assertThrows(Finding.class, () -> probe.read(new byte[1000])).getMessage();
        assertTrue(probe.toString().startsWith("test: 1 inputs"), probe.toString());
        return message;
    }

    private static Target target(Target.Reader reader) {
        return new Target("test", input -> input, reader, Set.of(IOException.class), 10);
    }

    @Test
    void whatIsDocumentedIsNoFinding() {
        assertDoesNotThrow(() -> new Probe(target(file -> () -> {}), 1, directory).read(new byte[0]));
        assertDoesNotThrow(() -> new Probe(
                        target(file -> {
                            throw new IOException("the first line is empty");
                        }),
                        1,
                        directory)
                .read(new byte[0]));
    }

    @Test
    void anotherExceptionIsOne() {
        String message = finding(file -> {
            throw new IllegalStateException("closed");
        });
        assertTrue(message.contains("not documented for this reader: java.lang.IllegalStateException"), message);
    }

    @Test
    void soIsAMessageThatSaysNothingOrTooMuch() {
        finding(file -> {
            throw new IOException();
        });
        String message = finding(file -> {
            throw new IOException("x".repeat(20_000));
        });
        assertTrue(message.contains("20000 characters"), message);
    }

    @Test
    void soIsALawThatDoesNotHold() {
        String message = finding(file -> () -> {
            throw new IOException("written again, it is another");
        });
        assertTrue(message.contains("what was read cannot be used: java.io.IOException"), message);
    }

    @Test
    void soIsMoreThanASecond() {
        String message = finding(file -> {
            long begin = THREADS.getCurrentThreadCpuTime();
            while (THREADS.getCurrentThreadCpuTime() - begin < 1_050_000_000) {
                Thread.onSpinWait();
            }
            return () -> {};
        });
        assertTrue(message.startsWith("1000 bytes took 1"), message);
    }

    @Test
    void soIsMoreMemoryThanTheMultiple() {
        // A million bytes and 10 for each of 1000 bytes are allowed.
        String message = finding(file -> {
            byte[] copy = new byte[1_020_000];
            return () -> assertTrue(copy.length > 0);
        });
        assertTrue(message.contains("1000000 bytes and 10 times the file"), message);
    }
}
