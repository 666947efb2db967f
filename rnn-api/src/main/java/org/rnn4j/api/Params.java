package org.rnn4j.api;

/**
 * Hands out the parameters of a layer while it is created: new ones, or those of a checkpoint; the layer cannot tell.
 *
 * <p>Names are joined to paths by dots: {@code encoder.cell.wx}. Asking for one path twice is an error.
 */
public interface Params {
    /**
     * The parameter of this name.
     *
     * @param name lower case, without dots: {@code wx}
     * @param init how a new one begins
     * @param dims its shape
     */
    Tensor get(String name, Init init, int... dims);

    /** The parameter of this name, which begins as is usual: a vector as zeros, a matrix by {@link Init#xavier}. */
    default Tensor get(String name, int... dims) {
        return get(name, dims.length == 1 ? Init.zeros() : Init.xavier(), dims);
    }

    /** The parameters of a part of this layer that has a name of its own. */
    Params scope(String name);

    /**
     * A parameter that another layer, created before, owns. Sharing is said, never guessed: see {@link SameAs}.
     *
     * @param path its whole path from the model down
     */
    Tensor shared(String path, int... dims);

    /** Whether the model is to be trained: dropout and the like are left out where this is false. */
    boolean training();
}
