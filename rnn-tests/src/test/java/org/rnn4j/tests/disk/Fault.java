package org.rnn4j.tests.disk;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What goes wrong on a {@link Disk}. */
@FunctionalInterface
public interface Fault {
    /** What the system says of a disk that cannot do it. */
    String BROKEN = "Input/output error";

    /** What the system says of a disk without room. */
    String FULL = "No space left on device";

    /** What the system says of a disk that cannot lock. */
    String WITHOUT_LOCKS = "No locks available";

    /**
     * Happens or not before an operation is done.
     *
     * @throws IOException as the system throws it where an operation fails; it is not done then
     * @throws PowerLoss if the power goes
     */
    void before(Operation operation) throws IOException;

    /** Nothing goes wrong. */
    static Fault none() {
        return operation -> {};
    }

    /** One operation fails, a write with half of its bytes written, and the next ones are done again. */
    static Fault failsAt(long number) {
        return operation -> {
            if (operation.number() == number) {
                operation.half().run();
                throw failure(operation, BROKEN);
            }
        };
    }

    /** All fail from one on: the disk is gone, or can no longer be written to. */
    static Fault failsFrom(long number) {
        return operation -> {
            if (operation.number() >= number) {
                throw failure(operation, BROKEN);
            }
        };
    }

    /** From one operation on there is no room: what was begun to be written has its first half. */
    static Fault fullFrom(long number) {
        return operation -> {
            if (operation.number() >= number && operation.kind().takesRoom()) {
                operation.half().run();
                throw failure(operation, FULL);
            }
        };
    }

    /** Everything takes this much longer. */
    static Fault slow(long micros) {
        return operation -> LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    /** The power goes, halfway through one operation. */
    static Fault powerGoesAt(long number) {
        return operation -> {
            if (operation.number() == number) {
                operation.half().run();
                throw new PowerLoss(operation);
            }
        };
    }

    /** An exception as the JDK makes it: the calls on an open file do not know its name. */
    private static IOException failure(Operation operation, String reason) {
        return switch (operation.kind()) {
            case READ, WRITE, TRUNCATE, FORCE -> new IOException(reason);
            default -> new FileSystemException(operation.file().toString(), null, reason);
        };
    }
}
