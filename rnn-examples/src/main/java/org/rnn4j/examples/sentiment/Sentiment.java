package org.rnn4j.examples.sentiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Shape;
import org.rnn4j.core.Model;
import org.rnn4j.core.ModelSpec;
import org.rnn4j.core.Parameter;
import org.rnn4j.core.Tensors;
import org.rnn4j.examples.shared.NaiveBayes;
import org.rnn4j.examples.shared.Repeats;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.run.RunServices;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.Evaluator;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.metric.ComparisonMetric;
import org.rnn4j.training.metric.Judged;
import org.rnn4j.training.metric.Tally;
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
    private static final int LONGEST = 2; // run of naive Bayes
    private static final int MEMBERS = 5; // classifiers that are averaged

    /** What a classifier takes over from the language model. */
    private static final List<String> LEARNT = List.of("embed.", "lstm.");

    @Mixin
    private Repeats repeats;

    /** For the command line. */
    public Sentiment() {}

    @Override
    public void run() {
        repeats.each(System.out, seed -> {
            try {
                Runs runs = repeats.runs("sentiment", seed);
                return accuracies(Glosses.read(seed), runs, runs.read("language-model"), runs.read("classifier"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The accuracies on the test part, the network's last. */
    static Map<String, Double> accuracies(
            Glosses glosses, Runs runs, RunConfiguration ofLanguage, RunConfiguration ofClasses) {
        System.out.println(glosses.entries().size() + " glosses; labelled: "
                + glosses.training().size() + " to learn from, "
                + glosses.validation().size() + " to choose by, "
                + glosses.test().size() + " to judge by");
        RatedGlossesSource rated = Runs.source(ofClasses, RatedGlossesSource.class);
        Map<String, Double> results = baselines(glosses, "naive Bayes over words", new WordTokenizer());
        results.putAll(baselines(glosses, "naive Bayes over stems", new Stems(rated.letters())));
        RunConfiguration dealt = ofClasses.with("data.dealt", runs.seed());
        // What all classifiers read is the same: 117,791 definitions are read and counted once.
        Vocabulary vocabulary = Runs.source(dealt, RatedGlossesSource.class).vocabulary(glosses);
        RunServices services = RunServices.usual().with((DataSource source) -> data(source, glosses, vocabulary));
        System.out.println("A classifier that begins at random:");
        Trained scratch = runs.train("classifier-alone", dealt, services);
        System.out.println("The language model:");
        Model language = runs.train("language-model", ofLanguage, services).last();
        List<Model> classifiers = new ArrayList<>();
        for (int member = 1; member <= MEMBERS; member++) {
            System.out.println("Classifier " + member + " of " + MEMBERS + ":");
            classifiers.add(runs.train(
                            "classifier-" + member,
                            dealt.with("seed", runs.seed() + member - 1),
                            services.with((spec, seed) -> after(language, spec, seed)))
                    .last());
        }
        Batches test = rated.of(glosses, vocabulary, glosses.test()).validation();
        Evaluator evaluator = scratch.evaluator();
        results.put("accuracy without the language model", accuracy(evaluator, List.of(scratch.last()), test));
        results.put("accuracy of one classifier", accuracy(evaluator, classifiers.subList(0, 1), test));
        results.put("accuracy of " + MEMBERS + " classifiers", accuracy(evaluator, classifiers, test));
        return results;
    }

    /** Of glosses that were read already. */
    private static DataSet data(DataSource source, Glosses glosses, Vocabulary vocabulary) throws IOException {
        if (source instanceof GlossesSource all) {
            return all.of(glosses);
        }
        return source instanceof RatedGlossesSource rated
                ? rated.of(glosses, vocabulary, glosses.validation())
                : source.load();
    }

    /** A new classifier that knows what the language model has learnt. */
    private static Model after(Model language, ModelSpec spec, long seed) {
        Model model = Model.create(spec, seed);
        for (Parameter parameter : model.parameters()) {
            if (LEARNT.stream().anyMatch(parameter.name()::startsWith)) {
                parameter.set(language.parameter(parameter.name()).values());
            }
        }
        return model;
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

    /** The share of texts whose class is the likelier one by the mean of the models' probabilities. */
    private static double accuracy(Evaluator evaluator, List<Model> models, Batches batches) {
        List<List<Judged>> judged = new ArrayList<>();
        for (Model model : models) {
            List<Judged> windows = new ArrayList<>();
            evaluator.forEach(model, batches, windows::add);
            judged.add(windows);
        }
        Tally accuracy = ComparisonMetric.ACCURACY.begin();
        for (int w = 0; w < judged.get(0).size(); w++) {
            int window = w;
            accuracy.add(
                    mean(judged.stream().map(windows -> windows.get(window)).toList()));
        }
        return accuracy.value();
    }

    /** What several models say of one window, with the mean probability of the second class less that of the first as the output. */
    private static Judged mean(List<Judged> several) {
        Judged first = several.get(0);
        int rows = ((Ids) first.target()).shape().size();
        float[] means = new float[2 * rows];
        for (int n = 0; n < rows; n++) {
            double sum = 0;
            for (Judged one : several) {
                float[] y = one.output().toFloats();
                sum += 1 / (1 + StrictMath.exp(y[2 * n] - y[2 * n + 1]));
            }
            means[2 * n + 1] = (float) (sum - several.size() / 2.0);
        }
        return new Judged(Tensors.of(Shape.of(rows, 2), means), first.target(), first.spans(), first.loss());
    }
}
