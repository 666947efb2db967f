package org.rnn4j.training.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The source of a text: a resource or a file.
 *
 * @param resource the name of a file on the class path or the module path, such as {@code dickens.txt} or {@code org/acme/names.txt}; null for
 *     none
 * @param file the path of a file, from the working directory; null for none
 */
public record Origin(String resource, String file) {
    /** Checks that one of the two is given. */
    public Origin {
        check(resource, file);
    }

    /**
     * Checks that exactly one of the two is given and is a valid name, for the constructors of sources.
     *
     * @throws IllegalArgumentException if none or both are given, or if the name is empty or not a path on this system
     */
    public static void check(String resource, String file) {
        if ((resource == null) == (file == null)) {
            throw new IllegalArgumentException("resource or file: expected one of them, got "
                    + (resource == null ? "neither" : "both, " + resource + " and " + file));
        }
        if (file == null ? resource.isEmpty() : path(file).toString().isEmpty()) {
            throw new IllegalArgumentException(
                    (file == null ? "resource" : "file") + " is empty, expected the name of a text");
        }
    }

    /** Not every text is a file name: none contains the character NUL, and the system's encoding may lack others. */
    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException e) {
            boolean ascii = StandardCharsets.US_ASCII.newEncoder().canEncode(file);
            throw new IllegalArgumentException(
                    "file " + file + " cannot be the name of a file here (" + e.getReason() + ")"
                            + (ascii ? "" : ": start the program in a locale of UTF-8, such as LC_ALL=C.UTF-8"),
                    e);
        }
    }

    /**
     * Reads the text, which must be UTF-8.
     *
     * @throws IOException if it is not there or cannot be read
     * @throws IllegalArgumentException if it is empty
     */
    public Corpus read() throws IOException {
        return resource == null ? Corpus.read(path(file)) : readResource();
    }

    /**
     * Reads the text and converts it to data; error messages about the data begin with the name of the text.
     *
     * @throws IOException if it is not there or cannot be read
     * @throws IllegalArgumentException if it is empty, or {@code cut} throws one
     */
    public <D> D load(Function<Corpus, D> cut) throws IOException {
        Corpus corpus = read();
        return DataSource.named(corpus.name(), () -> cut.apply(corpus));
    }

    private Corpus readResource() throws IOException {
        // A class loader's names begin without a slash, and one with a slash is what Class.getResource takes.
        String name = resource.startsWith("/") ? resource.substring(1) : resource;
        try (InputStream in = open(name)) {
            if (in == null) {
                throw new FileNotFoundException(
                        "resource " + name + " was not found: expected a file of this name in a jar or"
                                + " folder of the class path, or in a module that is resolved (and, inside a package, opens it)");
            }
            return Corpus.read(in, name);
        }
    }

    /** The application may see more than this module does: its class loader comes first. */
    private static InputStream open(String name) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        InputStream in = application == null ? null : application.getResourceAsStream(name);
        return in != null ? in : Origin.class.getClassLoader().getResourceAsStream(name);
    }
}
