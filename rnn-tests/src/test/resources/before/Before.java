import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.TreeSet;
import org.rnn4j.serialization.SafetensorsReader;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.inject.TrainingModule;
import org.rnn4j.training.run.TrainingRun;

/**
 * Made what lies beside it, at commit 817d591, where packages and classes still had other names:
 *
 * <pre>
 * git checkout 817d591 && mvn package -DskipTests -pl rnn-examples -am
 * java -cp "rnn-examples/target/lib/*" Before.java 50   # in the folder text
 * java -cp "rnn-examples/target/lib/*" Before.java 33   # in the folder labelled
 * </pre>
 *
 * Stops a run after some steps, keeps that checkpoint, goes on to the end and writes the digest of every tensor. Not in these runs, because they have
 * other bits on purpose since then: cells inside Zoneout, RecurrentDropout and AttentionDecoder, which run their hand-written step, and orthogonal
 * initial values, which are computed in float64.
 */
public class Before {
    public static void main(String[] arguments) throws Exception {
        long last = Long.parseLong(arguments[0]);
        Path yaml = Path.of("run.yaml");
        Path folder = Path.of("run");
        Path checkpoint = folder.resolve("checkpoint.safetensors");
        TrainingRun run = TrainingModule.run(yaml, folder);
        Trainer trainer = run.trainer();
        trainer.listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == last) {
                    trainer.stop("halfway");
                }
            }
        });
        run.start();
        Files.copy(checkpoint, Path.of("checkpoint.safetensors"));
        TrainingModule.run(yaml, folder).resume();
        StringBuilder lines = new StringBuilder();
        try (SafetensorsReader reader = SafetensorsReader.open(checkpoint)) {
            for (String name : new TreeSet<>(reader.entries().keySet())) {
                float[] numbers = reader.floats(name);
                ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(numbers);
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
                lines.append(HexFormat.of().formatHex(digest)).append("  ").append(name).append("\n");
            }
        }
        Files.writeString(Path.of("final.txt"), lines);
    }
}
