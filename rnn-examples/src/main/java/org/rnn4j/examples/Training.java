package org.rnn4j.examples;

import org.rnn4j.api.Loss;
import org.rnn4j.core.Model;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.UpdateRule;
import org.rnn4j.run.listener.ProgressBar;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Scores;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.TrainerSettings;

/**
 * How the examples train: with a progress bar, and without a folder to resume from.
 *
 * @param model what learns
 * @param optimizer how its parameters move
 * @param loss from what
 * @param settings how long, and how fast
 */
record Training(Model model, Optimizer optimizer, Loss loss, TrainerSettings settings) {
    /** Where all parameters move alike. */
    Training(Model model, UpdateRule rule, Loss loss, TrainerSettings settings) {
        this(model, new Optimizer(rule, model), loss, settings);
    }

    /**
     * Trains to the end, and returns the last validation's scores.
     *
     * @param listeners what else is told of it
     */
    Scores on(DataSet data, Listener... listeners) {
        Trainer trainer = new Trainer(model, optimizer, loss, settings);
        trainer.listen(new ProgressBar().over(data));
        for (Listener listener : listeners) {
            trainer.listen(listener);
        }
        return trainer.train(data).orElseThrow();
    }
}
