package org.rnn4j.serialization.configuration;

import org.rnn4j.core.input.Printable;

/** A mistake in a configuration. The message names the file and line, the place in the configuration, what is wrong and what was expected. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** The file, or the name used for it, and the line. */
    ConfigException(String file, int line, String path, String problem, Throwable cause) {
        super(file + ":" + line + ": " + Printable.brief((path.isEmpty() ? "" : path + ": ") + problem), cause);
    }
}
