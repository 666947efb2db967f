package org.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.core.Model;
import org.rnn4j.core.Parameter;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;
import org.rnn4j.training.Listener;

/**
 * The configuration that is shipped: its model, its first losses and the parameters behind them. This module's tests run on plain loops; {@code
 * QuickstartBitsTest} of rnn-tests demands the same bits of the Vector API.
 */
class QuickstartTest {
    private static final int STEPS = 3;

    /** A change of an initial value, of the text or of the arithmetic's order changes these, and is to be meant. */
    private static final List<Double> LOSSES = List.of(4.3611884117126465, 4.362168312072754, 4.344873905181885);

    /** The parameters behind the steps, as SHA-256. */
    private static final String PINNED = "cbe2aecfd3a09567a20180c8c3da54637aeca763dd1b31ada8540e076665240e";

    @Test
    void theFirstStepsGiveTheBitsOfEveryMachine(@TempDir Path folder) {
        TrainingRun run = RunModule.run(Path.of("config", "quickstart.yaml"), folder.resolve("run"));
        Model model = run.trainer().model();
        assertEquals(353_742, model.size());
        List<Double> losses = new ArrayList<>();
        run.trainer().listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                losses.add(report.loss());
                if (report.step() == STEPS) {
                    run.trainer().stop("enough");
                }
            }
        });
        TrainingRun.Result result = run.start();
        assertEquals("enough", result.ending().reason());
        assertEquals(LOSSES, losses);
        assertEquals(PINNED, digest(model));
    }

    private static String digest(Model model) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        for (Parameter parameter : model.parameters()) {
            float[] values = parameter.values();
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
            bytes.asFloatBuffer().put(values);
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
