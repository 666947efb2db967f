package org.rnn4j.tests.disk;

import java.util.Arrays;

/** What a disk holds of that which was not forced when its power went. File systems differ in this, and any of it is allowed. */
public enum Survival {
    /** Nothing: contents are those last forced, and a name is there only if its directory was forced since. */
    NOTHING {
        @Override
        int names(int changes) {
            return 0;
        }

        @Override
        byte[] content(byte[] forced, byte[] written) {
            return forced;
        }
    },
    /** All names, which a journal keeps, with the contents last forced: new files are empty. */
    NAMES {
        @Override
        int names(int changes) {
            return changes;
        }

        @Override
        byte[] content(byte[] forced, byte[] written) {
            return forced;
        }
    },
    /** Names and lengths; zeros stand where nothing was forced. */
    LENGTHS {
        @Override
        int names(int changes) {
            return changes;
        }

        @Override
        byte[] content(byte[] forced, byte[] written) {
            return grown(forced, written) ? Arrays.copyOf(forced, written.length) : forced;
        }
    },
    /** The first half: of the changes of names, and of the bytes that a file has grown by. */
    HALF {
        @Override
        int names(int changes) {
            return changes / 2;
        }

        @Override
        byte[] content(byte[] forced, byte[] written) {
            return grown(forced, written) ? Arrays.copyOf(written, (forced.length + written.length) / 2) : forced;
        }
    },
    /** Everything, as when only the process dies. */
    ALL {
        @Override
        int names(int changes) {
            return changes;
        }

        @Override
        byte[] content(byte[] forced, byte[] written) {
            return written;
        }
    };

    /** How many of the changes of names that were not forced have happened: the first ones, for journals keep the order. */
    abstract int names(int changes);

    /** What a file holds. */
    abstract byte[] content(byte[] forced, byte[] written);

    private static boolean grown(byte[] forced, byte[] written) {
        return written.length > forced.length
                && Arrays.mismatch(forced, written) == (forced.length == 0 ? 0 : forced.length);
    }
}
