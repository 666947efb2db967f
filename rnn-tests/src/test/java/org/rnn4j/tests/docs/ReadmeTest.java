package org.rnn4j.tests.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Session;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.Window;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.TimeRNN;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.training.text.CharTokenizer;
import org.rnn4j.training.text.Vocabulary;

/** The README's snippets are real code, and its links lead somewhere. */
class ReadmeTest {
    private static final List<String> PLUGIN = List.of(
            "src/main/java/acme/mgu/Mgu.java",
            "src/main/java/acme/mgu/MguProvider.java",
            "src/test/java/acme/mgu/MguTest.java");

    @Test
    void everyJavaBlockIsRunHereOrBelongsToTheExamplePlugin() throws IOException {
        List<String> expected = new ArrayList<>(Regions.of(ReadmeTest.class).values());
        Page guide = Page.read("docs/custom-layers.md");
        for (String file : PLUGIN) {
            String source = guide.file(file);
            int javadoc = source.indexOf("/**");
            int from = javadoc < 0 ? source.indexOf("\nclass ") + 1 : source.indexOf("*/\n", javadoc) + 3;
            expected.add(source.substring(from));
        }
        assertEquals(6, expected.size());
        assertEquals(expected, Page.read("README.md").contents("java"));
    }

    @Test
    void linksLeadToFiles() throws IOException {
        List<String> links = Page.read("README.md").links();
        assertTrue(links.size() >= 8, links.toString());
        for (String link : links) {
            assertTrue(Files.exists(Path.of("..").resolve(link.replaceAll("#.*", ""))), link);
        }
    }

    @Test
    void theDependencyHasTheVersionOfTheBuild() throws IOException {
        List<String> shown = Page.read("README.md").contents("xml");
        assertEquals(1, shown.size());
        String ours = CustomLayersPageTest.value(Files.readString(Path.of("../pom.xml")), "version");
        assertEquals(
                List.of(ours, ours),
                Pattern.compile("<version>([^<]*)</version>")
                        .matcher(shown.get(0))
                        .results()
                        .map(version -> version.group(1))
                        .toList());
    }

    @Test
    void theModelLearnsStreamsAndIsAFile(@TempDir Path folder) throws IOException {
        Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), "hello world");
        int[] ids = vocabulary.encode("hello world");
        int[][] xs = {java.util.Arrays.copyOfRange(ids, 0, 10)};
        int[][] targets = {java.util.Arrays.copyOfRange(ids, 1, 11)};
        int words = vocabulary.size();
        // snippet: model
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(words, 100))
                .then("rnn", TimeRNN.stateful(100, 100))
                .then("output", new Affine(100, words))
                .build();
        Model model = Model.create(spec, 1);
        Optimizer optimizer = new Optimizer(new Adam(), model);
        Loss loss = new SoftmaxCrossEntropy();
        Carry carry = Carry.none(); // the first window starts from zeros

        Forward forward = model.forward(Window.of(Ids.of(xs)).with(carry)); // (N,T) ids to (N,T,V)
        Tensor nats = loss.of(forward.output(), Ids.of(targets), Spans.full());
        optimizer.step(Gradients.of(nats), 0.001);
        carry = forward.carry(); // the next window starts here; gradients do not cross
        // end
        assertEquals(1, carry.states().size());
        Tensor after = loss.of(model.forward(Ids.of(xs)), Ids.of(targets), Spans.full());
        assertTrue(after.item() < nats.item(), after.item() + " after, " + nats.item() + " before");

        int id = ids[0];
        float[] scores = new float[vocabulary.size()];
        // snippet: session
        Session session = model.copy().session(1); // a frozen copy: training can continue meanwhile
        session.step(new int[] {id}, scores); // one step; the state stays in the session
        Session another = session.fork(); // a second stream that continues from the same state
        // end
        assertArrayEquals(
                session.state().state("rnn").get("h").toFloats(),
                another.state().state("rnn").get("h").toFloats());

        Path file = folder.resolve("model.safetensors");
        // snippet: file
        TypeRegistry layers = TypeRegistry.load(); // the layers of all jars on the path, including yours
        CheckpointFile.save(Checkpoint.of(model), file, layers);
        Model loaded = CheckpointFile.load(file, layers).model();
        // end
        assertArrayEquals(
                model.forward(Ids.of(xs)).toFloats(), loaded.forward(Ids.of(xs)).toFloats());
    }
}
