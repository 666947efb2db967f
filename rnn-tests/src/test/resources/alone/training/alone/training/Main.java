package alone.training;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import org.rnn4j.core.Checkpoint;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.ConstantRate;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Trainer;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.listener.EarlyStopping;
import org.rnn4j.training.listener.Progress;
import org.rnn4j.training.text.CharTokenizer;
import org.rnn4j.training.text.TextData;
import org.rnn4j.training.text.Vocabulary;

/** A language model of a short text, trained, stopped and resumed. The arguments are classes that are not to be there. */
public final class Main {
    private Main() {}

    public static void main(String[] forbidden) {
        System.out.println("module " + name(Main.class));

        Corpus.Parts parts = new Corpus("a verse", "the cat sat on the mat. ".repeat(60)).split(0.8, 0.1);
        Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), parts.train());
        TextData data = new TextData(parts, vocabulary, 4, 16);

        double[] losses = new double[2];
        Trainer whole = trainer(data, 40);
        whole.listen(new Listener() {
            @Override
            public void stepped(StepReport report) {
                losses[report.step() == 1 ? 0 : 1] = report.loss();
            }

            @Override
            public void ended(Ending ending) {
                System.out.println("ended after step " + ending.step() + ": " + ending.reason());
            }
        });
        whole.listen(Progress.lines(new PrintStream(OutputStream.nullOutputStream()), data));
        whole.listen(new EarlyStopping(40));
        whole.train(data);
        System.out.println("the loss fell " + (losses[1] < losses[0] / 10 ? "below a tenth" : "too little"));

        Trainer half = trainer(data, 20);
        half.train(data);
        Checkpoint saved = half.checkpoint();
        Trainer resumed = trainer(data, 40);
        resumed.resume(saved);
        resumed.train(data);
        System.out.println("stopped after 20 and resumed: "
                + (Arrays.equals(numbers(whole), numbers(resumed)) ? "the same bits" : "other bits"));

        for (String name : forbidden) {
            System.out.println(name + " is " + (isThere(name) ? "there" : "absent"));
        }
    }

    private static Trainer trainer(TextData data, long steps) {
        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(data.vocabulary().size(), 8))
                .then("lstm", new TimeLSTM(8, 32))
                .then("output", new Affine(32, data.vocabulary().size()))
                .build();
        Model model = Model.create(spec, 1);
        TrainerSettings settings =
                TrainerSettings.steps(steps, new ConstantRate(0.05)).clippedAt(5).validatedEvery(10);
        return new Trainer(model, new Optimizer(new Adam(), model), new SoftmaxCrossEntropy(), settings);
    }

    private static float[] numbers(Trainer trainer) {
        return trainer.model().parameter("output.weight").values();
    }

    private static String name(Class<?> type) {
        return type.getModule().isNamed() ? type.getModule().getName() : "unnamed";
    }

    private static boolean isThere(String name) {
        try {
            return Class.forName(name) != null;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
