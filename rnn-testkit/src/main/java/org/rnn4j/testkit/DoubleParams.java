package org.rnn4j.testkit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Init;
import org.rnn4j.api.Params;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Tensor;

/**
 * Provides float64 parameters by name: newly drawn ones, or given ones.
 *
 * <p>Drawn numbers are uniform over [-0.5, 0.5), whatever the {@link Init}: with zeros, or with the large values of some schemes, a gradient check
 * would test too little of a layer. They depend only on the seed and the path, and are exact in float32, so a float32 model can have the same ones.
 *
 * <p>There is no other layer: a {@linkplain #shared shared} parameter without an owner is provided as if another layer owned it.
 */
public final class DoubleParams implements Params {
    private final Source source;
    private final Map<String, DoubleTensor> handedOut;
    private final Map<String, DoubleTensor> owned;
    private final String prefix;
    private final boolean training;

    private DoubleParams(Source source, boolean training) {
        this.source = source;
        this.handedOut = new LinkedHashMap<>();
        this.owned = new LinkedHashMap<>();
        this.prefix = "";
        this.training = training;
    }

    private DoubleParams(DoubleParams outer, String scope) {
        this.source = outer.source;
        this.handedOut = outer.handedOut;
        this.owned = outer.owned;
        this.prefix = outer.prefix + scope + ".";
        this.training = outer.training;
    }

    /** Where parameters come from. */
    @FunctionalInterface
    private interface Source {
        DoubleTensor get(String path, Shape shape);
    }

    /** Drawn parameters for a layer that is trained. */
    public static DoubleParams drawn(long seed) {
        return new DoubleParams(
                (path, shape) ->
                        DoubleTensor.variable(shape, uniform(Draws.of(seed).at(path), shape.size())),
                true);
    }

    /** Given parameters, by path, for a layer that is trained: a layer cannot tell them from new ones. */
    public static DoubleParams holding(Map<String, DoubleTensor> parameters) {
        Map<String, DoubleTensor> copy = new LinkedHashMap<>(parameters);
        return new DoubleParams(
                (path, shape) -> {
                    DoubleTensor parameter = copy.get(path);
                    if (parameter == null) {
                        throw new IllegalArgumentException(
                                "no parameter named " + path + "; there are " + copy.keySet());
                    }
                    return parameter;
                },
                true);
    }

    /** The same parameters for a layer that is not trained; none has been provided yet. */
    public DoubleParams forInference() {
        return new DoubleParams(source, false);
    }

    /** The parameters provided so far, by path, in the order of the requests; unmodifiable. */
    public Map<String, DoubleTensor> parameters() {
        return Collections.unmodifiableMap(handedOut);
    }

    @Override
    public Tensor get(String name, Init init, int... dims) {
        String path = prefix + plain("parameter", name);
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("parameter " + path + ": expected a name in lower case");
        }
        Objects.requireNonNull(init, () -> "parameter " + path + ": no initial values");
        if (owned.containsKey(path)) {
            throw new IllegalArgumentException("parameter " + path + " was asked for twice");
        }
        DoubleTensor parameter = handOut(path, dims);
        owned.put(path, parameter);
        return parameter;
    }

    /** The shared parameters without an owner. */
    Map<String, DoubleTensor> unowned() {
        Map<String, DoubleTensor> unowned = new LinkedHashMap<>(handedOut);
        unowned.keySet().removeAll(owned.keySet());
        return unowned;
    }

    @Override
    public Params scope(String name) {
        return new DoubleParams(this, plain("scope", name));
    }

    @Override
    public Tensor shared(String path, int... dims) {
        return handOut(path, dims);
    }

    private DoubleTensor handOut(String path, int... dims) {
        Shape shape = Shape.of(dims);
        DoubleTensor parameter = handedOut.computeIfAbsent(path, key -> source.get(key, shape));
        if (!parameter.shape().equals(shape)) {
            throw new IllegalArgumentException(
                    "parameter " + path + " has the shape " + parameter.shape() + ", expected " + shape);
        }
        return parameter;
    }

    private static String plain(String what, String name) {
        if (name == null || name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException(what + " name " + name + ": expected one without dots");
        }
        return name;
    }

    @Override
    public boolean training() {
        return training;
    }

    /** Numbers of [-0.5, 0.5) that float32 holds exactly. */
    static double[] uniform(Draws draws, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (draws.uniform(i) - 0.5);
        }
        return values;
    }
}
