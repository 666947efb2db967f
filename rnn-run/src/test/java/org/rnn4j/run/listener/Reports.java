package org.rnn4j.run.listener;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.training.Baseline;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener.StepReport;
import org.rnn4j.training.Listener.ValidationReport;
import org.rnn4j.training.Scores;
import org.rnn4j.training.Trainer;

/** What a trainer tells its listeners, without a trainer. */
final class Reports {
    private Reports() {}

    static StepReport step(long step, long total, double loss) {
        return new StepReport(step, total, 1, loss, 0.5, 0.01, 100);
    }

    /** Scores by label and value, in turn. */
    static ValidationReport validation(long step, double loss, boolean best, Object... labelsAndValues) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < labelsAndValues.length; i += 2) {
            metrics.put((String) labelsAndValues[i], (Double) labelsAndValues[i + 1]);
        }
        return new ValidationReport(step, new Scores(loss, metrics), best);
    }

    static DataSet data(Map<String, Integer> sizes, Baseline... baselines) {
        DataSet data = mock();
        when(data.baselines()).thenReturn(List.of(baselines));
        when(data.sizes()).thenReturn(sizes);
        return data;
    }

    static Trainer trainer(long step) {
        Trainer trainer = mock();
        when(trainer.step()).thenReturn(step);
        return trainer;
    }
}
