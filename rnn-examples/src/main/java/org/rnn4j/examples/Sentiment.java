package org.rnn4j.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Init;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Window;
import org.rnn4j.core.optim.Adam;
import org.rnn4j.core.optim.CosineWithWarmUp;
import org.rnn4j.core.optim.Group;
import org.rnn4j.core.optim.Optimizer;
import org.rnn4j.layers.feedforward.Affine;
import org.rnn4j.layers.feedforward.Concat;
import org.rnn4j.layers.feedforward.Embedding;
import org.rnn4j.layers.loss.SoftmaxCrossEntropy;
import org.rnn4j.layers.pooling.LastValid;
import org.rnn4j.layers.pooling.Max;
import org.rnn4j.layers.pooling.Mean;
import org.rnn4j.layers.regularisation.Dropout;
import org.rnn4j.layers.sequence.TimeLSTM;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.TrainerSettings;
import org.rnn4j.training.data.Corpus;
import org.rnn4j.training.data.Shuffle;
import org.rnn4j.training.metric.ComparisonMetric;
import org.rnn4j.training.metric.LikelihoodMetric;
import org.rnn4j.training.text.LabelledData;
import org.rnn4j.training.text.TextData;
import org.rnn4j.training.text.Tokenizer;
import org.rnn4j.training.text.Vocabulary;
import org.rnn4j.training.text.WordTokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The example of the post that this project began with: is a sentence positive or negative? The sentences are WordNet's definitions, see
 * {@link Glosses} for what their labels mean.
 *
 * <p>5,000 labelled sentences are too few to learn English from. So a network learns to predict the words of all 117,791 definitions first,
 * without any label, and then, from there, to tell the two classes: from its last state, the mean of all and the greatest of all, and what it
 * has learnt before moves more slowly (Howard and Ruder, "Universal language model fine-tuning for text classification", 2018). It reads
 * {@link Stems}. Each rated word of the training part is a sentence too, with its own label. The definitions of the test part are among the
 * 117,791, without their labels and without the words that they define. The second stage is done several times and the probabilities are
 * averaged, because it varies with the order of 5,000 sentences.
 *
 * <p>Beside it, naive Bayes over whole words and over what the network reads, of the same labelled texts, and one classifier that did not begin
 * with the language model.
 * {@code docs/examples.md} has the results.
 */
@Command(
        name = "sentiment",
        description = "Positive or negative sentences: a language model first, then the classes.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class Sentiment implements Runnable {
    private static final Tokenizer STEMS = new Stems(5);
    private static final String EDGE = STEMS.boundary(); // in front of every gloss, and behind it in the language model
    private static final int LONGEST = 2; // run of naive Bayes
    private static final int HELD = 1000; // glosses that validate the language model

    private static final int N = 32;
    private static final int T = 35;
    private static final double SMALL = 0.1; // the table is the output's weight too
    private static final double DROPPED = 0.1;
    private static final double LANGUAGE_RATE = 0.004;
    private static final double WARM_UP = 0.1; // of the steps
    private static final double CLIP = 1;

    private static final int ROWS = 32;
    private static final double WORDS_DROPPED = 0.1;
    private static final double STATES_DROPPED = 0.2;
    private static final double POOLED_DROPPED = 0.3;
    private static final double RATE = 0.01;
    private static final double SLOWER = 0.3; // of the rate

    /** What the classifier takes over from the language model, and moves more slowly. */
    private static final List<Group> LEARNT =
            List.of(new Group("embed.*", SLOWER, null, null), new Group("lstm.*", SLOWER, null, null));

    private static final Size LARGE = new Size(128, 8, 2, 5, 5);

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public Sentiment() {}

    /**
     * How large the network is and how long it learns.
     *
     * @param width D and H
     * @param least how often a token must occur
     * @param languageEpochs how many times through all glosses
     * @param epochs how many times through the labelled ones
     * @param members how many classifiers are averaged
     */
    record Size(int width, int least, long languageEpochs, long epochs, int members) {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            try {
                return accuracies(Glosses.read(seed), LARGE, seed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The accuracies on the test part, the network's last. */
    static Map<String, Double> accuracies(Glosses glosses, Size size, long seed) {
        System.out.println(glosses.entries().size() + " glosses; labelled: "
                + glosses.training().size() + " to learn from, "
                + glosses.validation().size() + " to choose by, "
                + glosses.test().size() + " to judge by");
        Map<String, Double> results = baselines(glosses, "naive Bayes over words", new WordTokenizer());
        results.putAll(baselines(glosses, "naive Bayes over stems", STEMS));
        TextData text = text(glosses, size, seed);
        System.out.println("A classifier that begins at random:");
        LabelledData data = data(glosses, glosses.validation(), text.vocabulary(), seed);
        Model scratch = trained(Model.create(spec(data, size), seed), data, size);
        System.out.println("The language model:");
        Model language = languageModel(text, size, seed);
        List<Model> classifiers = new ArrayList<>();
        for (int member = 0; member < size.members(); member++) {
            System.out.println("Classifier " + (member + 1) + " of " + size.members() + ":");
            data = data(glosses, glosses.validation(), text.vocabulary(), seed + member);
            Model model = Model.create(spec(data, size), seed + member);
            for (Parameter parameter : model.parameters()) {
                if (LEARNT.stream().anyMatch(group -> group.matches(parameter.name()))) {
                    parameter.set(language.parameter(parameter.name()).values());
                }
            }
            classifiers.add(trained(model, data, size));
        }
        LabelledData judged = data(glosses, glosses.test(), text.vocabulary(), seed);
        results.put("accuracy without the language model", accuracy(List.of(scratch), judged.validation()));
        results.put("accuracy of one classifier", accuracy(classifiers.subList(0, 1), judged.validation()));
        results.put("accuracy of " + size.members() + " classifiers", accuracy(classifiers, judged.validation()));
        return results;
    }

    /** The accuracies of the simple methods on the test part. */
    static Map<String, Double> baselines(Glosses glosses, String name, Tokenizer tokenizer) {
        return NaiveBayes.baselines(
                name,
                new NaiveBayes.Parts(
                        texts(glosses.learnt(), tokenizer),
                        texts(glosses.validation(), tokenizer),
                        texts(glosses.test(), tokenizer)),
                2,
                LONGEST);
    }

    /** What naive Bayes sees of texts. */
    static List<NaiveBayes.Text> texts(List<Glosses.Rated> glosses, Tokenizer tokenizer) {
        return glosses.stream()
                .map(gloss -> {
                    List<String> units = new ArrayList<>();
                    tokenizer.split(gloss.text(), units::add);
                    return new NaiveBayes.Text(units, gloss.label());
                })
                .toList();
    }

    /** All glosses in random order, as one text. */
    private static TextData text(Glosses glosses, Size size, long seed) {
        int[] order =
                Shuffle.permutation(Draws.of(seed).at("text"), glosses.entries().size());
        int held = Math.min(HELD, order.length / 10);
        Corpus.Parts parts =
                new Corpus.Parts(text(glosses, order, held, order.length), text(glosses, order, 0, held), "");
        Vocabulary vocabulary = Vocabulary.of(STEMS, parts.train(), size.least(), Integer.MAX_VALUE);
        return new TextData(parts, vocabulary, N, T);
    }

    private static String text(Glosses glosses, int[] order, int from, int to) {
        StringBuilder text = new StringBuilder(EDGE);
        for (int i = from; i < to; i++) {
            text.append(' ').append(glosses.entries().get(order[i])).append(' ').append(EDGE);
        }
        return text.toString();
    }

    private static Model languageModel(TextData text, Size size, long seed) {
        int words = text.vocabulary().size();
        Model model = Model.create(
                ModelSpec.chain()
                        .then("embed", new Embedding(words, size.width(), Init.normal(SMALL)))
                        .then("input-dropout", new Dropout(DROPPED))
                        .then("lstm", TimeLSTM.stateful(size.width(), size.width()))
                        .then("dropout", new Dropout(DROPPED))
                        .then("output", Affine.sameAs("embed.weight", size.width(), words))
                        .build(),
                seed);
        long steps = size.languageEpochs() * text.training().perEpoch();
        TrainerSettings settings = settings(steps, LANGUAGE_RATE).judgedBy(LikelihoodMetric.PERPLEXITY);
        new Training(model, new Adam(), new SoftmaxCrossEntropy(), settings).on(text);
        return model;
    }

    private static TrainerSettings settings(long steps, double rate) {
        return TrainerSettings.steps(steps, new CosineWithWarmUp(rate, steps, (long) (WARM_UP * steps), 0.0))
                .clippedAt(CLIP);
    }

    /** What is learnt, beside one of the other parts. */
    static LabelledData data(Glosses glosses, List<Glosses.Rated> judged, Vocabulary vocabulary, long seed) {
        LabelledData.Names names = new LabelledData.Names(vocabulary, List.of("negative", "positive"));
        return new LabelledData(part(glosses.learnt(), vocabulary), part(judged, vocabulary), names, ROWS, seed)
                .pooled();
    }

    private static LabelledData.Part part(List<Glosses.Rated> glosses, Vocabulary vocabulary) {
        return new LabelledData.Part(
                glosses.stream()
                        .map(gloss -> vocabulary.encode(EDGE + " " + gloss.text() + " " + Glosses.FOR))
                        .toArray(int[][]::new),
                glosses.stream().mapToInt(Glosses.Rated::label).toArray());
    }

    private static Model trained(Model model, LabelledData data, Size size) {
        long steps = size.epochs() * data.training().perEpoch();
        Optimizer optimizer = new Optimizer(new Adam(), model, 0, LEARNT);
        TrainerSettings settings = settings(steps, RATE).judgedBy(ComparisonMetric.ACCURACY);
        new Training(model, optimizer, new SoftmaxCrossEntropy(), settings).on(data);
        return model;
    }

    /** The language model with the two classes in place of the next word. */
    private static ModelSpec spec(LabelledData data, Size size) {
        int width = size.width();
        return ModelSpec.graph("x")
                .node(
                        "embed",
                        new Embedding(data.sizes().get("vocabulary"), width, Init.normal(SMALL), WORDS_DROPPED),
                        "x")
                .node("input-dropout", new Dropout(STATES_DROPPED), "embed")
                .node("lstm", new TimeLSTM(width, width), "input-dropout")
                .node("dropout", new Dropout(STATES_DROPPED), "lstm")
                .node("last", new LastValid(), "dropout")
                .node("mean", new Mean(), "dropout")
                .node("max", new Max(), "dropout")
                .node("pooled", new Concat(), "last", "mean", "max")
                .node("pooled-dropout", new Dropout(POOLED_DROPPED), "pooled")
                .node("classes", new Affine(3 * width, 2), "pooled-dropout")
                .build("classes");
    }

    /** The share of texts whose class is the likelier one by the mean of the models' probabilities. */
    private static double accuracy(List<Model> models, Batches batches) {
        List<Model> frozen = models.stream().map(Model::inference).toList();
        long right = 0;
        long all = 0;
        for (long b = 0; b < batches.perEpoch(); b++) {
            Batch batch = batches.batch(b);
            int[] labels = ((Ids) batch.target()).toArray();
            double[] sums = new double[labels.length];
            for (Model model : frozen) {
                float[] y = model.forward(Window.of(batch.inputs()).with(batch.spans()))
                        .output()
                        .toFloats();
                for (int n = 0; n < labels.length; n++) {
                    sums[n] += 1 / (1 + StrictMath.exp(y[2 * n] - y[2 * n + 1]));
                }
            }
            for (int n = 0; n < labels.length; n++) {
                right += (sums[n] > frozen.size() / 2.0 ? 1 : 0) == labels[n] ? 1 : 0;
            }
            all += labels.length;
        }
        return (double) right / all;
    }
}
