package org.rnn4j.api;

/**
 * Provides the parameters of a layer while it is created. They are new or come from a checkpoint; the layer cannot tell which.
 *
 * <p>Names are joined to paths by dots: {@code encoder.cell.wx}. Asking for one path twice is an error.
 */
public interface Params {
    /**
     * The parameter of this name.
     *
     * @param name lower case, without dots: {@code wx}
     * @param init the initial values of a new parameter
     * @param dims its shape
     */
    Tensor get(String name, Init init, int... dims);

    /** The parameter of this name, with the usual initial values: zeros for a vector, {@link Init#xavier} for a matrix. */
    default Tensor get(String name, int... dims) {
        return get(name, dims.length == 1 ? Init.zeros() : Init.xavier(), dims);
    }

    /** The parameters of a named part of this layer. */
    Params scope(String name);

    /**
     * A parameter that is owned by another layer, which was created before. Sharing is explicit: see {@link SameAs}.
     *
     * @param path its whole path from the model down
     */
    Tensor shared(String path, int... dims);

    /** Whether the model is to be trained. If this is false, dropout and the like are omitted. */
    boolean training();
}
