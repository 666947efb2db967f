package org.rnn4j.serialization;

import org.rnn4j.core.input.Printable;

/**
 * The limits on files and their content, which bound the memory and time that an untrusted file can cost. Anything larger is refused with a message
 * that says so, both on reading and on writing. {@code docs/security.md} has the same table.
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

    /** A line of YAML, in characters: the time and memory for a longer one grow with the square of its length. */
    public static final int YAML_LINE_CHARS = 250_000;

    /** JSON that is not a configuration, in characters: a checkpoint's spec and its progress, a JSON file, which may have as many bytes. */
    public static final int JSON_CHARS = 4_000_000;

    /** A line of metrics, in bytes. */
    public static final int LINE_BYTES = 1_048_576;

    /** How deep lists and sections of a document may be nested. */
    public static final int DEPTH = 100;

    /** A number in a document, in characters. */
    public static final int NUMBER_CHARS = 100;

    /** A message about a file, in characters, without the file's name. */
    public static final int MESSAGE_CHARS = Printable.MESSAGE_CHARS;

    /** The total allocation for reading a safetensors header, in bytes per byte of it, plus 1 MB. */
    public static final int HEADER_MULTIPLE = 20;

    /** The total allocation for reading JSON, in bytes per character, plus 1 MB. */
    public static final int JSON_MULTIPLE = 200;

    /** The total allocation for reading YAML, in bytes per character, plus 1 MB. */
    public static final int YAML_MULTIPLE = 600;

    private Limits() {}
}
