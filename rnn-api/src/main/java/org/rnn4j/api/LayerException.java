package org.rnn4j.api;

import java.util.function.Supplier;

/** An error at a place of a model: its message begins with the place's path, {@code encoder.cell: …}. */
public final class LayerException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** The path of the place. */
    private final String path;

    /** What went wrong there, without the path. */
    private final String detail;

    /** An error at a path. */
    public LayerException(String path, String detail, Throwable cause) {
        super(path + ": " + detail, cause);
        this.path = path;
        this.detail = detail;
    }

    /** The path of the place, from the model down. */
    public String path() {
        return path;
    }

    /** Runs a part of a model and puts the part's name in front of the message of what it throws. */
    public static <R> R within(String name, Supplier<R> part) {
        try {
            return part.get();
        } catch (LayerException e) {
            throw new LayerException(name + "." + e.path, e.detail, e.getCause());
        } catch (RuntimeException e) {
            throw new LayerException(name, e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }
}
