package org.rnn4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Loss;
import org.rnn4j.api.Spans;
import org.rnn4j.api.Tensor;
import org.rnn4j.core.Carry;
import org.rnn4j.core.Forward;
import org.rnn4j.core.Gradients;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Window;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.core.optim.Sgd;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.sequence.TimeRNN;
import org.rnn4j.training.data.Origin;
import org.rnn4j.training.text.Vocabulary;
import org.rnn4j.training.text.WordTokenizer;
import picocli.CommandLine.Command;

/**
 * The place to start: a word language model as in chapter 5 of "Deep Learning from Scratch 2", the long way, with no trainer. It learns the
 * first 1,000 words of the text by heart.
 */
@Command(
        name = "chapter5",
        description = "The book's chapter 5: a TimeRNN learns 1,000 words, the long way.",
        mixinStandardHelpOptions = true)
public final class Chapter5 implements Runnable {
    private static final int WORDS = 1_000;
    private static final int N = 10; // rows: places of the text that are read side by side
    private static final int T = 5; // steps: words that a window holds
    private static final int H = 100; // the width of a word's vector and of the hidden state
    private static final double RATE = 0.1;
    private static final int EPOCHS = 100;

    /** For the command line. */
    public Chapter5() {}

    @Override
    public void run() {
        try {
            train(EPOCHS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Trains, prints, and returns the perplexity of the last epoch. */
    static double train(int epochs) throws IOException {
        String text = new Origin("dickens.txt", null).read().text();
        String[] words = text.split("\\s+", WORDS + 1);
        String firstWords = String.join(" ", Arrays.copyOf(words, WORDS));
        Vocabulary vocabulary = Vocabulary.of(new WordTokenizer(), firstWords);
        int[] ids = vocabulary.encode(firstWords);
        int windows = (ids.length - 1) / (N * T);

        ModelSpec spec = ModelSpec.chain()
                .then("embed", new Embedding(vocabulary.size(), H))
                .then("rnn", TimeRNN.stateful(H, H))
                .then("output", new Affine(H, vocabulary.size()))
                .build();
        Model model = Model.create(spec, 1);
        Optimizer optimizer = new Optimizer(new Sgd(), model);
        Loss loss = new SoftmaxCrossEntropy();

        double perplexity = Double.NaN;
        Carry carry = Carry.none();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double sum = 0;
            for (int window = 0; window < windows; window++) {
                int[][] xs = new int[N][T];
                int[][] ts = new int[N][T];
                for (int n = 0; n < N; n++) {
                    int from = n * ((ids.length - 1) / N) + window * T;
                    xs[n] = Arrays.copyOfRange(ids, from, from + T);
                    ts[n] = Arrays.copyOfRange(ids, from + 1, from + 1 + T);
                }
                Forward forward = model.forward(Window.of(Ids.of(xs)).with(carry));
                Tensor nats = loss.of(forward.output(), Ids.of(ts), Spans.full());
                optimizer.step(Gradients.of(nats), RATE);
                carry = forward.carry(); // the next window begins where this one ended; gradients do not cross
                sum += nats.item();
            }
            perplexity = StrictMath.exp(sum / windows);
            if (epoch % 10 == 0 || epoch == 1) {
                System.out.printf("epoch %3d: perplexity %7.2f%n", epoch, perplexity);
            }
        }
        return perplexity;
    }
}
