package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.rnn4j.core.Acceleration;
import org.rnn4j.core.Model;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;

/**
 * The first steps of the configuration that is shipped, on the vector kernels; {@code QuickstartTest} of rnn-examples, where the JVM has plain loops
 * alone, demands the same bits, and of the losses too.
 */
class QuickstartBitsTest {
    private static final int STEPS = 3;
    private static final String PINNED = "cbe2aecfd3a09567a20180c8c3da54637aeca763dd1b31ada8540e076665240e";

    @Test
    void theVectorKernelsGiveTheBitsOfPlainLoops() throws Exception {
        // When the JIT has compiled them: long before this test, where others ran in this JVM.
        assumeTrue(Acceleration.ready().get(10, TimeUnit.MINUTES), "a CPU without long vectors");
        Path file = ClassPath.project().resolve("rnn-examples/config/quickstart.yaml");
        TypeRegistry layers = TypeRegistry.load();
        RunConfiguration configuration = RunConfiguration.read(file, layers);
        DataSet data = configuration.data().load();
        Model model = Model.create(configuration.model(data.sizes()), configuration.seed());
        Trainer trainer = new Trainer(
                model,
                configuration.optimizer(model),
                configuration.loss(),
                configuration.training(configuration.schedule(), data.metrics()));
        trainer.listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == STEPS) {
                    trainer.stop("enough");
                }
            }
        });
        trainer.train(data);
        assertEquals(PINNED, DeterminismTest.hash(model, List.of()));
    }
}
