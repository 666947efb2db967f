package org.rnn4j.tests;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.rnn4j.tests.disk.Disk;
import org.rnn4j.tests.disk.Fault;
import org.rnn4j.tests.disk.Operation;

/**
 * A process of {@link KillsTest}: goes on with a {@link SmallRun}, and where it is asked to, stands still in the middle of one operation on the
 * disk until it is killed.
 */
final class PausedRun {
    /** What it prints before its first operation. */
    static final String BEGINS = "begins";

    private PausedRun() {}

    /**
     * Where to stand still.
     *
     * @param kind of operation; of a write, with half of the bytes written
     * @param file the name of the file, or what is in the name of its temporary file
     * @param time how many times it comes to that
     */
    record Place(Operation.Kind kind, String file, int time) {
        boolean is(Operation operation) {
            return operation.kind() == kind
                    && operation.file().getFileName().toString().contains(file);
        }

        @Override
        public String toString() {
            return switch (kind) {
                        case WRITE -> "halfway through writing ";
                        case FORCE -> "before forcing ";
                        case MOVE -> "before renaming to ";
                        default -> "in " + kind + " of ";
                    }
                    + file;
        }
    }

    /** The arguments that {@link #main} understands. */
    static String[] arguments(SmallRun run, Place place) {
        return new String[] {
            run.config().toString(),
            run.folder().path().toString(),
            place.kind().name(),
            place.file(),
            Integer.toString(place.time())
        };
    }

    /** The arguments for a run that stands still nowhere. */
    static String[] arguments(SmallRun run) {
        return new String[] {run.config().toString(), run.folder().path().toString()};
    }

    /** The configuration, the folder, and the place where there is one. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Disk disk = Disk.over(folder.getParent());
        if (arguments.length > 2) {
            disk.breaks(pause(
                    new Place(Operation.Kind.valueOf(arguments[2]), arguments[3], Integer.parseInt(arguments[4]))));
        }
        System.out.println(BEGINS);
        SmallRun.in(Path.of(arguments[0]), disk.path(folder.getFileName().toString()))
                .goOn();
    }

    private static Fault pause(Place place) {
        AtomicInteger times = new AtomicInteger();
        return operation -> {
            if (place.is(operation) && times.incrementAndGet() == place.time()) {
                operation.half().run();
                System.out.println(Hold.HOLDS);
                while (true) {
                    LockSupport.park();
                }
            }
        };
    }
}
