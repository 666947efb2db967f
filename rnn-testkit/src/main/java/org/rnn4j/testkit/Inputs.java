package org.rnn4j.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.api.Value;

/**
 * The inputs of a layer, drawn according to its feeds, which can be cut along rows and steps.
 *
 * @param feeds the kind of each
 * @param values {@link Numbers} as {@link DoubleTensor}s, and {@link Ids}
 */
record Inputs(List<Feed> feeds, List<Value> values) {
    private static final Draws DRAWS = Draws.of(3);

    static Inputs drawn(List<Feed> feeds, int steps, int... rows) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < feeds.size(); i++) {
            Draws draws = DRAWS.at(i);
            if (feeds.get(i) instanceof Feed.OfIds ids) {
                values.add(ids.draw(draws, steps, rows));
            } else if (feeds.get(i) instanceof Feed.OfNumbers numbers) {
                values.add(numbers.draw(draws, steps, rows).variable());
            } else if (feeds.get(i) instanceof Feed.OfRow row) {
                values.add(row.draw(draws, rows).variable());
            }
        }
        return new Inputs(feeds, values);
    }

    /** The inputs of numbers, by the name that messages show. */
    List<DoubleTensor> variables() {
        List<DoubleTensor> variables = new ArrayList<>();
        for (Value value : values) {
            if (value instanceof DoubleTensor tensor) {
                variables.add(tensor);
            }
        }
        return variables;
    }

    /** These inputs with other numeric inputs. */
    Inputs withVariables(List<DoubleTensor> variables) {
        List<Value> changed = new ArrayList<>();
        int next = 0;
        for (Value value : values) {
            changed.add(value instanceof Ids ? value : variables.get(next++));
        }
        return new Inputs(feeds, changed);
    }

    Inputs row(int n) {
        return map(
                numbers -> numbers.row(n),
                (ids, limit) -> cut(ids, n, n + 1, 0, ids.shape().dim(1)));
    }

    Inputs steps(int from, int to) {
        return map(
                numbers -> hasTime(numbers) ? numbers.steps(from, to) : numbers,
                (ids, limit) -> cut(ids, 0, ids.shape().dim(0), from, to));
    }

    /** Every number of a row replaced, and every id by another. */
    Inputs withRow(int n, double number) {
        return map(numbers -> numbers.withRow(n, number), (ids, limit) -> {
            int[] changed = ids.toArray();
            int steps = ids.shape().dim(1);
            for (int t = 0; t < steps; t++) {
                changed[n * steps + t] = (changed[n * steps + t] + 1) % limit;
            }
            return Ids.of(ids.shape(), changed);
        });
    }

    /** Every number of a step of a row replaced, and its id by another. */
    Inputs withStep(int n, int t, double number) {
        return map(numbers -> hasTime(numbers) ? numbers.withStep(n, t, number) : numbers, (ids, limit) -> {
            int[] changed = ids.toArray();
            int at = n * ids.shape().dim(1) + t;
            changed[at] = (changed[at] + 1) % limit;
            return Ids.of(ids.shape(), changed);
        });
    }

    /** Every number times a factor, and every id replaced by another. */
    Inputs times(double factor) {
        return map(numbers -> numbers.times(factor), (ids, limit) -> {
            int[] changed = ids.toArray();
            for (int i = 0; i < changed.length; i++) {
                changed[i] = (changed[i] + 1) % limit;
            }
            return Ids.of(ids.shape(), changed);
        });
    }

    /** The same for the float32 tensor. */
    List<Value> floats() {
        List<Value> floats = new ArrayList<>();
        for (Value value : values) {
            floats.add(value instanceof DoubleTensor tensor ? Float32.variable(Numbers.of(tensor)) : value);
        }
        return floats;
    }

    private Inputs map(UnaryOperator<Numbers> ofNumbers, BiFunction<Ids, Integer, Ids> ofIds) {
        List<Value> changed = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) instanceof Ids ids) {
                changed.add(ofIds.apply(ids, ((Feed.OfIds) feeds.get(i)).limit()));
            } else {
                changed.add(ofNumbers
                        .apply(Numbers.of((DoubleTensor) values.get(i)))
                        .variable());
            }
        }
        return new Inputs(feeds, changed);
    }

    private static boolean hasTime(Numbers numbers) {
        return numbers.shape().rank() > 2;
    }

    private static Ids cut(Ids ids, int fromRow, int toRow, int fromStep, int toStep) {
        int[] cut = new int[(toRow - fromRow) * (toStep - fromStep)];
        int next = 0;
        for (int n = fromRow; n < toRow; n++) {
            for (int t = fromStep; t < toStep; t++) {
                cut[next++] = ids.at(n, t);
            }
        }
        return Ids.of(Shape.of(toRow - fromRow, toStep - fromStep), cut);
    }
}
