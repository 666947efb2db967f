package org.rnn4j.serialization;

import org.rnn4j.core.input.Printable;

/**
 * How large a file, and what is in it, may be: whoever gives us a file decides no more than this about our memory and time. What is larger is
 * refused with a message that says so, when it is read and when it would be written. {@code docs/security.md} has the same table.
 */
public final class Limits {
    /** The header of a safetensors file, in bytes; the format's own limit. */
    public static final int HEADER_BYTES = 100_000_000;

    /** The tensors of a safetensors file. */
    public static final int TENSORS = 100_000;

    /** The dimensions of a tensor in a safetensors file. */
    public static final int DIMENSIONS = 64;

    /** The strings in the metadata of a safetensors file; each may fill the header. */
    public static final int METADATA_STRINGS = 10_000;

    /** The name of a tensor, a key of metadata or a key of a configuration, in UTF-16 characters. */
    public static final int NAME_CHARS = 1_000;

    /** A configuration, in characters; its file may have as many bytes. */
    public static final int CONFIGURATION_CHARS = 1_000_000;

    /** A line of YAML, in characters: a longer one takes time and memory by the square of its length. */
    public static final int YAML_LINE_CHARS = 250_000;

    /** JSON that is no configuration, in characters: a checkpoint's spec and its progress, a JSON file, which may have as many bytes. */
    public static final int JSON_CHARS = 4_000_000;

    /** A line of metrics, in bytes. */
    public static final int LINE_BYTES = 1_048_576;

    /** How deep lists and sections of a document may be nested. */
    public static final int DEPTH = 100;

    /** A number in a document, in characters. */
    public static final int NUMBER_CHARS = 100;

    /** A message about a file, in characters, beside the file's name. */
    public static final int MESSAGE_CHARS = Printable.MESSAGE_CHARS;

    /** What reading a safetensors header allocates in all, in bytes for each byte of it, beside 1 MB. */
    public static final int HEADER_MULTIPLE = 20;

    /** What reading JSON allocates in all, in bytes for each character, beside 1 MB. */
    public static final int JSON_MULTIPLE = 200;

    /** What reading YAML allocates in all, in bytes for each character, beside 1 MB. */
    public static final int YAML_MULTIPLE = 600;

    private Limits() {}
}
