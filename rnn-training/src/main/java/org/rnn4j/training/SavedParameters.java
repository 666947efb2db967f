package org.rnn4j.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Tensors;
import org.rnn4j.core.optim.Averages;
import org.rnn4j.core.optim.Optimizer;

/**
 * The numbers of a checkpoint. Its parameters are those to judge and to serve; where they are averages, those to train on stand beside the memory
 * of the update rule.
 *
 * @param latest the parameters to train on
 * @param memory the update rule's
 * @param averages null for none
 */
record SavedParameters(Map<String, Tensor> latest, Map<String, Tensor> memory, Averages averages) {
    /** No memory of an update rule has a name with a dot in it. */
    private static final String LATEST = "/trainer.latest";
    /** What it was before; no other memory of a rule that such a checkpoint can be resumed with has this name. */
    private static final String LATEST_BEFORE = "/latest";

    /** What stands beside the parameters of a checkpoint. */
    static Map<String, Tensor> memory(Optimizer optimizer, Averages averages) {
        Map<String, Tensor> memory = new LinkedHashMap<>(optimizer.memory());
        if (averages != null) {
            optimizer.model().snapshot().forEach((name, value) -> memory.put(name + LATEST, value));
        }
        return memory;
    }

    /**
     * Those of a checkpoint.
     *
     * @throws IllegalArgumentException where they are not those of the model
     */
    static SavedParameters of(Checkpoint checkpoint, SavedRun saved, Model model) {
        check(checkpoint.parameters(), model);
        Map<String, Tensor> memory = new LinkedHashMap<>(checkpoint.optimizer());
        if (saved.averaged() == 0) {
            return new SavedParameters(checkpoint.parameters(), memory, null);
        }
        Averages averages = new Averages(model, checkpoint.parameters(), saved.averaged());
        Map<String, Tensor> latest = takeLatest(memory, model);
        check(latest, model);
        return new SavedParameters(latest, memory, averages);
    }

    /** The parameters to train on, by name, which are no longer in the memory afterwards. */
    private static Map<String, Tensor> takeLatest(Map<String, Tensor> memory, Model model) {
        Map<String, Tensor> latest = new LinkedHashMap<>();
        String ending = memory.keySet().stream().anyMatch(name -> name.endsWith(LATEST)) ? LATEST : LATEST_BEFORE;
        for (Parameter parameter : model.parameters()) {
            Tensor value = memory.remove(parameter.name() + ending);
            if (value != null) {
                latest.put(parameter.name(), value);
            }
        }
        return latest;
    }

    private static void check(Map<String, Tensor> values, Model model) {
        List<String> names = model.parameters().stream().map(Parameter::name).toList();
        if (!values.keySet().equals(Set.copyOf(names))) {
            throw new IllegalArgumentException("the checkpoint has the parameters " + String.join(", ", values.keySet())
                    + ", but the model has " + String.join(", ", names));
        }
        for (Parameter parameter : model.parameters()) {
            if (!values.get(parameter.name()).shape().equals(parameter.shape())) {
                throw new IllegalArgumentException("the checkpoint's parameter " + parameter.name() + " has the shape "
                        + values.get(parameter.name()).shape() + ", expected " + parameter.shape());
            }
            float[] numbers = values.get(parameter.name()).toFloats();
            int position = Tensors.firstNonFinite(numbers);
            if (position >= 0) {
                throw new IllegalArgumentException("the checkpoint's parameter " + parameter.name() + " is "
                        + numbers[position] + " at position " + position + ", expected finite numbers");
            }
        }
    }

    /** Gives the model the parameters to train on. */
    void setIn(Model model) {
        model.change(() -> latest.forEach((name, value) -> model.parameter(name).set(value.toFloats())));
    }
}
