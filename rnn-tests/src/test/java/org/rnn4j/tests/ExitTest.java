package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;
import org.rnn4j.run.listener.Interruption;
import org.rnn4j.training.Listener;

/** A program that ends the JVM on the thread that trains: the JVM waits for what answers signals, which must not wait for that thread. */
class ExitTest {
    @Test
    void theJvmEnds(@TempDir Path directory) throws IOException, InterruptedException {
        Path config = SmallRun.configuration(directory, SmallRun.Picture.NONE);
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        config.toString(),
                        directory.resolve("run").toString())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it hangs");
            assertEquals(3, process.exitValue(), Files.readString(said));
        } finally {
            process.destroyForcibly();
        }
        assertTrue(!Files.readString(said).contains("finishing the step"), Files.readString(said));
        // What was saved before is there.
        assertEquals(3, SmallRun.in(config, directory.resolve("run")).savedStep());
    }

    /** The child process. */
    static final class Program {
        private Program() {}

        public static void main(String[] configAndFolder) {
            TrainingRun run = RunModule.run(Path.of(configAndFolder[0]), Path.of(configAndFolder[1]));
            run.trainer().listen(new Listener() {
                @Override
                public void completed(long step) {
                    if (step == 5) {
                        System.exit(3);
                    }
                }

                @Override
                public String name() {
                    return "Exit";
                }
            });
            Interruption.during(run.trainer(), "go on", System.out::println, run::start);
        }
    }
}
