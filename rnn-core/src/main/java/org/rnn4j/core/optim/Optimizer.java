package org.rnn4j.core.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Rows;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.tensor.ArrayPool;
import org.rnn4j.core.tensor.NonFinite;

/**
 * Updates a model's parameters along their gradients: one {@link UpdateRule} for all, with exceptions by {@link Group}. Nothing else changes
 * parameters during training.
 *
 * <pre>{@code
 * Optimizer optimizer = new Optimizer(new Adam(), model);
 * optimizer.step(Gradients.of(loss), 0.001);
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class Optimizer {
    private final UpdateRule rule;
    private final Model model;
    private final double weightDecay;
    private final List<Group> groups;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Parameter> parameters;
    private long steps;

    /** A parameter that learns, its settings, and the rule's memory of it. */
    private record Entry(Parameter parameter, double rateFactor, double weightDecay, float[][] memory) {}

    /** An optimizer that treats all parameters alike, without weight decay. */
    public Optimizer(UpdateRule rule, Model model) {
        this(rule, model, 0, List.of());
    }

    /**
     * An optimizer with exceptions.
     *
     * @param weightDecay for parameters without a group that sets it
     * @param groups at most one may match a parameter; the order does not matter
     * @throws IllegalArgumentException if a pattern matches no parameter, or two match the same one; also if names of the rule's memory are ambiguous
     *     in a checkpoint
     */
    public Optimizer(UpdateRule rule, Model model, double weightDecay, List<Group> groups) {
        this.rule = rule;
        this.model = model;
        checkNames(rule);
        this.weightDecay = Settings.notNegative("weightDecay", weightDecay);
        this.groups = List.copyOf(groups);
        List<String> names = model.parameters().stream().map(Parameter::name).toList();
        for (Group group : groups) {
            if (names.stream().noneMatch(group::matches)) {
                throw new IllegalArgumentException(
                        "pattern " + group.pattern() + " fits no parameter; there are " + String.join(", ", names));
            }
        }
        Group all = new Group("*", null, null, null);
        for (Parameter parameter : model.parameters()) {
            Group group = groups.stream()
                    .filter(candidate -> candidate.matches(parameter.name()))
                    .reduce((one, other) -> {
                        throw new IllegalArgumentException("patterns " + one.pattern() + " and " + other.pattern()
                                + " both fit " + parameter.name() + ", expected one group a parameter");
                    })
                    .orElse(all);
            if (!group.frozen()) {
                float[][] memory =
                        new float[rule.memory().size()][parameter.shape().size()];
                double decay = group.weightDecay() == null ? weightDecay : group.weightDecay();
                entries.add(new Entry(parameter, group.rateFactor(), decay, memory));
            }
        }
        parameters = entries.stream().map(Entry::parameter).toList();
    }

    /** In a checkpoint they follow a slash, and the trainer's own names have a dot. */
    private static void checkNames(UpdateRule rule) {
        List<String> names = rule.memory();
        if (names == null) {
            throw new IllegalArgumentException("the memory of the update rule "
                    + rule.getClass().getName() + " is null, expected a list of names");
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String problem = name == null
                    ? "is null"
                    : name.isEmpty()
                            ? "is empty"
                            : name.contains("/") || name.contains(".")
                                    ? "has a slash or a dot"
                                    : names.indexOf(name) < i ? "is there twice" : "";
            if (!problem.isEmpty()) {
                throw new IllegalArgumentException("the memory of the update rule "
                        + rule.getClass().getName() + ": name " + name + " " + problem
                        + ", expected names such as m and v, each once");
            }
        }
    }

    /** The model whose parameters it moves. */
    public Model model() {
        return model;
    }

    /** The parameters that learn: all that are not frozen. Clip the gradients of these. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The rule of all parameters. */
    public UpdateRule rule() {
        return rule;
    }

    /** The weight decay of parameters without a group that sets it. */
    public double weightDecay() {
        return weightDecay;
    }

    /** The exceptions. */
    public List<Group> groups() {
        return groups;
    }

    /** The number of steps taken. */
    public long steps() {
        return steps;
    }

    /**
     * One step. A copy of the model that another thread makes meanwhile shows the parameters before or after it.
     *
     * @param rate the learning rate, 0 or more
     * @throws IllegalArgumentException if the rate is invalid, or if the loss does not depend on any of the parameters that learn, for example
     *     because it belongs to another model; nothing has been changed then
     * @throws ArithmeticException naming the first parameter whose gradient contains NaN or infinity; nothing has been changed then, and its version
     *     is as before. Also if the step itself makes a parameter, or the rule's memory of it, NaN or infinite: with such a memory a rule such as
     *     {@link Adam} would never change the parameter again. The parameters are lost then
     */
    public void step(Gradients gradients, double rate) {
        for (Entry entry : entries) {
            Settings.notNegative("rate", rate * entry.rateFactor());
        }
        if (!entries.isEmpty() && !reachesAny(gradients)) {
            throw new IllegalArgumentException(
                    "the loss does not depend on any parameter that learns: is it of another model, or of"
                            + " model.inference()?");
        }
        gradients.requireFinite(parameters);
        steps++;
        model.change(() -> entries.forEach(entry -> update(entry, gradients, rate)));
    }

    private boolean reachesAny(Gradients gradients) {
        for (Parameter parameter : parameters) {
            if (gradients.reaches(parameter)) {
                return true;
            }
        }
        return false;
    }

    private void update(Entry entry, Gradients gradients, double rate) {
        UpdateRule.Move move = new UpdateRule.Move(rate * entry.rateFactor(), entry.weightDecay(), steps);
        Optional<Rows> rows = gradients.rows(entry.parameter());
        if (rows.isPresent() && rule.leavesZeros(move)) {
            entry.parameter().update(w -> updateRows(move, w, rows.get(), entry));
        } else {
            float[] gradient = gradients.array(entry.parameter());
            entry.parameter().update(w -> {
                rule.update(move, w, gradient, entry.memory());
                requireFinite(w, entry.memory(), w.length, i -> i, entry);
            });
        }
    }

    private void requireFinite(float[] moved, float[][] memory, int size, IntUnaryOperator position, Entry entry) {
        requireFinite(() -> "the parameter", moved, size, position, entry);
        for (int i = 0; i < memory.length; i++) {
            int number = i;
            requireFinite(
                    () -> "the memory " + rule.memory().get(number) + " of the parameter",
                    memory[i],
                    size,
                    position,
                    entry);
        }
    }

    private void requireFinite(
            Supplier<String> what, float[] numbers, int size, IntUnaryOperator position, Entry entry) {
        int found = NonFinite.first(numbers, size);
        if (found >= 0) {
            throw new ArithmeticException("step " + steps + " of the optimizer made " + what.get() + " "
                    + entry.parameter().name() + " " + numbers[found] + " at position " + position.applyAsInt(found));
        }
    }

    /** Takes the rows out, moves them, and puts them back. */
    private void updateRows(UpdateRule.Move move, float[] w, Rows rows, Entry entry) {
        int columns = entry.parameter().shape().columns();
        float[] some = taken(w, rows.ids(), columns);
        float[][] memory = new float[entry.memory().length][];
        for (int i = 0; i < memory.length; i++) {
            memory[i] = taken(entry.memory()[i], rows.ids(), columns);
        }
        rule.update(move, some, rows.values(), memory);
        requireFinite(
                some, memory, rows.ids().length * columns, i -> rows.ids()[i / columns] * columns + i % columns, entry);
        putBack(some, w, rows.ids(), columns);
        for (int i = 0; i < memory.length; i++) {
            putBack(memory[i], entry.memory()[i], rows.ids(), columns);
        }
    }

    /** Rows of a table, in an array as long as that of the gradient. */
    private static float[] taken(float[] table, int[] ids, int columns) {
        int size = ids.length * columns;
        float[] some = ArrayPool.SHARED.take(size);
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(table, ids[i] * columns, some, i * columns, columns);
        }
        Arrays.fill(some, size, some.length, 0f);
        return some;
    }

    private static void putBack(float[] some, float[] table, int[] ids, int columns) {
        for (int i = 0; i < ids.length; i++) {
            System.arraycopy(some, i * columns, table, ids[i] * columns, columns);
        }
        ArrayPool.SHARED.give(some);
    }

    /** The rule's memory by {@code parameter/name}, which a checkpoint stores in addition to {@link #steps}. */
    public Map<String, Tensor> memory() {
        Map<String, Tensor> result = new LinkedHashMap<>();
        for (Entry entry : entries) {
            for (int i = 0; i < entry.memory().length; i++) {
                result.put(
                        entry.parameter().name() + "/" + rule.memory().get(i),
                        Tensors.of(entry.parameter().shape(), entry.memory()[i]));
            }
        }
        return Collections.unmodifiableMap(result);
    }

    /**
     * Continues from the results of {@link #memory} and {@link #steps}.
     *
     * @throws IllegalArgumentException if the number of steps is negative, or an array is missing, unknown, of another shape or contains a number
     *     that is not finite; nothing has been changed then
     */
    public void restore(long stepsTaken, Map<String, Tensor> memory) {
        if (stepsTaken < 0) {
            throw new IllegalArgumentException("the optimizer has taken " + stepsTaken + " steps, expected 0 or more");
        }
        Map<String, Tensor> own = memory();
        if (!own.keySet().equals(memory.keySet())) {
            throw new IllegalArgumentException("the memory is not this optimizer's (" + difference(own, memory)
                    + "): was it made with another rule or other groups?");
        }
        own.forEach((name, tensor) -> {
            if (!tensor.shape().equals(memory.get(name).shape())) {
                throw new IllegalArgumentException("the optimizer's " + name + " has the shape " + tensor.shape()
                        + ", but was given " + memory.get(name).shape());
            }
            float[] values = memory.get(name).toFloats();
            int position = NonFinite.first(values, values.length);
            if (position >= 0) {
                throw new IllegalArgumentException("the optimizer's " + name + " was given " + values[position]
                        + " at position " + position + ", expected finite numbers");
            }
        });
        for (Entry entry : entries) {
            for (int i = 0; i < entry.memory().length; i++) {
                float[] values = memory.get(
                                entry.parameter().name() + "/" + rule.memory().get(i))
                        .toFloats();
                System.arraycopy(values, 0, entry.memory()[i], 0, values.length);
            }
        }
        steps = stepsTaken;
    }

    private static String difference(Map<String, Tensor> own, Map<String, Tensor> given) {
        List<String> parts = new ArrayList<>();
        without(own, given).ifPresent(names -> parts.add("missing: " + names));
        without(given, own).ifPresent(names -> parts.add("not known: " + names));
        return String.join(", ", parts);
    }

    /** The first name that the other map has not, and how many more there are: a large model has hundreds. */
    private static Optional<String> without(Map<String, Tensor> map, Map<String, Tensor> other) {
        List<String> names =
                map.keySet().stream().filter(name -> !other.containsKey(name)).toList();
        return names.stream()
                .findFirst()
                .map(name -> names.size() == 1 ? name : name + " and " + (names.size() - 1) + " more");
    }
}
