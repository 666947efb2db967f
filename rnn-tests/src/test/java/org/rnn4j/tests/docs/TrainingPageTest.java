package org.rnn4j.tests.docs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.TypeRegistry;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.run.RunServices.DataLoader;
import org.rnn4j.run.RunServices.ModelFactory;
import org.rnn4j.run.TrainingRun;
import org.rnn4j.run.inject.RunModule;
import org.rnn4j.run.listener.Displays;
import org.rnn4j.serialization.checkpoint.CheckpointFile;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Scores;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.listener.EarlyStopping;
import org.rnn4j.training.listener.LineDisplay;
import org.rnn4j.training.listener.Progress;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.text.CharTokenizer;
import org.rnn4j.training.text.TextData;
import org.rnn4j.training.text.Vocabulary;

/** The page's snippets are real code, and do what it says. */
class TrainingPageTest {
    private static final String TEXT = "the old shop was dark, and the old man slept. ".repeat(40);

    private static final String CONFIGURATION = """
            format: 1
            seed: 1
            data: {type: Text, file: 'TEXT', rows: 8, steps: 16}
            model:
              chain:
                embed:  {type: Embedding, ids: $vocabulary, width: 8}
                lstm:   {type: TimeLSTM, inputs: 8, hidden: 32, stateful: true}
                output: {type: Affine, inputs: 32, outputs: $vocabulary}
            loss: {type: SoftmaxCrossEntropy}
            optimizer: {type: Adam}
            schedule: {type: ConstantRate, rate: 0.01}
            training: {steps: 4, clip: 5}
            listeners: [ProgressBar, Checkpoints]
            """;

    @TempDir
    Path home;

    @Test
    void everyJavaBlockIsRunHere() throws IOException {
        assertEquals(
                List.copyOf(Regions.of(TrainingPageTest.class).values()),
                Page.read("docs/training.md").contents("java"));
    }

    private Path book() throws IOException {
        return Files.writeString(home.resolve("book.txt"), TEXT);
    }

    @Test
    void aTrainer() throws IOException {
        Path book = book();
        // snippet: trainer
        Corpus.Parts parts = Corpus.read(book).split(0.9, 0.05);
        Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), parts.train());
        TextData data = new TextData(parts, vocabulary, 8, 16); // 8 rows of 16 steps
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(vocabulary.size(), 8))
                .then("lstm", TimeLSTM.stateful(8, 32))
                .then("output", new Affine(32, vocabulary.size()))
                .build();
        Model model = Model.create(spec, 1);
        TrainerSettings settings = TrainerSettings.epochs(5, new ConstantRate(0.01))
                .clippedAt(5)
                .validatedEvery(10)
                .judgedBy(LikelihoodMetric.BITS_PER_CHARACTER);
        Trainer trainer = new Trainer(model, new Optimizer(new Adam(), model), new SoftmaxCrossEntropy(), settings);
        trainer.listen(Progress.lines(System.out, data));
        trainer.listen(new EarlyStopping(3));
        Optional<Scores> scores = trainer.train(data);
        // end
        double bits = scores.orElseThrow().metrics().get("bits per character");
        assertTrue(bits < 3.5, "bits per character: " + bits);
        assertEquals(5 * data.training().perEpoch(), trainer.step());
    }

    private static Trainer trainer(TextData data) {
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(data.vocabulary().size(), 3))
                .then("output", new Affine(3, data.vocabulary().size()))
                .build();
        Model model = Model.create(spec, 1);
        TrainerSettings settings = TrainerSettings.steps(6, new ConstantRate(0.01));
        return new Trainer(model, new Optimizer(new Adam(), model), new SoftmaxCrossEntropy(), settings);
    }

    private TextData dataSet() throws IOException {
        Corpus.Parts parts = Corpus.read(book()).split(0.9, 0.05);
        return new TextData(parts, Vocabulary.of(new CharTokenizer(), parts.train()), 8, 16);
    }

    @Test
    void aCheckpointIsAFile() throws IOException {
        TextData data = dataSet();
        TypeRegistry layers = TypeRegistry.load();
        Path file = home.resolve("checkpoint.safetensors");
        Trainer trainer = trainer(data);
        trainer.train(data);
        // snippet: file
        CheckpointFile.save(trainer.checkpoint(), file, layers);
        Trainer again = trainer(data); // made as before
        again.resume(CheckpointFile.load(file, layers)); // loads the state
        again.train(data); // goes on from there
        // end
        assertEquals(6, again.step());
        assertArrayEquals(
                trainer.model().parameter("output.weight").values(),
                again.model().parameter("output.weight").values());
    }

    @Test
    void aRunFromAFile() throws IOException {
        Path config = Files.writeString(home.resolve("run.yaml"), CONFIGURATION.replace("TEXT", book().toString()));
        Path folder = home.resolve("run");
        // snippet: run
        TrainingRun run = RunModule.run(config, folder);
        TrainingRun.Result result = run.start();
        // end
        assertTrue(result.ending().finished());
        assertTrue(Files.exists(run.folder().checkpoint()));
    }

    private static Model pretrained() {
        int vocabulary = (int) TEXT.chars().distinct().count() + 1; // with the unknown one
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(vocabulary, 8))
                .then("lstm", TimeLSTM.stateful(8, 32))
                .then("output", new Affine(32, vocabulary))
                .build();
        return Model.create(spec, 99);
    }

    @Test
    void aRunWithServicesOfItsOwn() throws IOException {
        Path config = Files.writeString(home.resolve("run.yaml"), CONFIGURATION.replace("TEXT", "absent.txt"));
        Path folder = home.resolve("run");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream log = new PrintStream(printed, true, StandardCharsets.UTF_8);
        // snippet: services
        DataSet inMemory = dataSet(); // loaded once, for many runs
        TrainingRun run = RunModule.run(config, folder, new AbstractModule() {
            @Override
            protected void configure() {
                bind(DataLoader.class).toInstance(source -> inMemory);
                bind(ModelFactory.class).toInstance((spec, seed) -> pretrained());
                bind(Displays.class).toInstance(between -> new LineDisplay(log, between));
            }
        });
        // end
        run.start();
        assertSame(inMemory, run.data());
        assertEquals(99, run.trainer().model().seed());
        String lines = printed.toString(StandardCharsets.UTF_8);
        assertTrue(lines.contains("ended after step 4: all 4 steps are done"), lines);
    }
}
