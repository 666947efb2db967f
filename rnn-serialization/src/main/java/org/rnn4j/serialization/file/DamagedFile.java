package org.rnn4j.serialization.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Renames a damaged file without losing it, to {@code NAME.damaged-1} or the next free number. */
public final class DamagedFile {
    private static final System.Logger LOG = System.getLogger(DamagedFile.class.getName());

    private DamagedFile() {}

    /**
     * Renames the file and says so in the log. If the file system has links, the file also keeps its own name until it is replaced, so nothing is
     * missing if the process ends before that.
     *
     * @param problem what is wrong with it
     * @param then what takes its place
     * @return its new path
     */
    public static Path putAside(Path file, String problem, String then) throws IOException {
        int number = 1;
        Path aside = named(file, number);
        while (Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
            number++;
            aside = named(file, number);
        }
        try {
            Files.createLink(aside, file);
        } catch (UnsupportedOperationException | IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no link to " + file, e);
            Files.move(file, aside);
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "damaged: " + problem + "; the file was put aside as " + aside.getFileName() + ", and " + then);
        return aside;
    }

    private static Path named(Path file, int number) {
        return file.resolveSibling(file.getFileName() + ".damaged-" + number);
    }
}
