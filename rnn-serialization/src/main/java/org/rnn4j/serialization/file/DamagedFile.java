package org.rnn4j.serialization.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Puts a file whose content is damaged out of the way without losing it: it is there as {@code NAME.damaged-1}, or the next free number. */
public final class DamagedFile {
    private static final System.Logger LOG = System.getLogger(DamagedFile.class.getName());

    private DamagedFile() {}

    /**
     * Gives the file another name and says so in the log. Where the file system has links, the file has its own name too until it is replaced:
     * whatever happens before that, nothing is missing.
     *
     * @param problem what is wrong with it
     * @param then what takes its place
     * @return where it is now
     */
    public static Path putAside(Path file, String problem, String then) throws IOException {
        int number = 1;
        Path aside = named(file, number);
        while (Files.exists(aside)) {
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
