package org.rnn4j.examples;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rnn4j.api.Draws;
import org.rnn4j.api.Ids;
import org.rnn4j.api.Spans;
import org.rnn4j.core.Model;
import org.rnn4j.core.Session;
import org.rnn4j.core.Window;
import org.rnn4j.training.Batch;
import org.rnn4j.training.Batches;
import org.rnn4j.training.DataSet;
import org.rnn4j.training.data.Fingerprint;
import org.rnn4j.training.data.Shuffle;
import org.rnn4j.training.text.Choice;
import org.rnn4j.training.text.Sampler;

/**
 * Questions and their answers, as characters, for a model of the inputs {@code source} and {@code target}.
 *
 * <p>The target input is the answer behind a beginning, the target the answer before an end: the model learns each character from the right
 * ones before it (teacher forcing).
 */
final class Pairs implements DataSet {
    private static final char BEGIN = '<';
    private static final char END = '>';
    private static final int ROWS = 128;

    private final List<Pair> learnt;
    private final List<Pair> held;
    private final List<Pair> test;
    private final Reading reading;
    private final long seed;
    private final Map<Character, Integer> ids = new LinkedHashMap<>();
    private final List<Character> characters = new ArrayList<>(List.of(BEGIN, END));

    /** A question and its answer. */
    record Pair(String question, String answer) {}

    /** From where a question is read. */
    enum Reading {
        FORWARD,
        REVERSED
    }

    /**
     * Three parts of a list: in front what is learnt, behind it two parts of equal size, one to choose by and one to judge by.
     *
     * @param all the pairs in the order of the parts
     * @param learnt how many are learnt
     * @param seed what the order of learning depends on
     */
    Pairs(List<Pair> all, int learnt, Reading reading, long seed) {
        int judged = (all.size() - learnt) / 2;
        this.learnt = List.copyOf(all.subList(0, learnt));
        this.held = List.copyOf(all.subList(learnt, learnt + judged));
        this.test = List.copyOf(all.subList(learnt + judged, learnt + 2 * judged));
        this.reading = reading;
        this.seed = seed;
        this.learnt.stream()
                .flatMapToInt(pair -> (pair.question + pair.answer).chars())
                .sorted()
                .distinct()
                .forEach(c -> characters.add((char) c));
        characters.forEach(c -> ids.put(c, ids.size()));
    }

    /** V, with the beginning and the end. */
    int characters() {
        return characters.size();
    }

    /** To learn from. */
    List<Pair> learnt() {
        return learnt;
    }

    /** To choose by. */
    List<Pair> held() {
        return held;
    }

    /** To judge by, once. */
    List<Pair> test() {
        return test;
    }

    private int[] encode(String text) {
        return text.chars().map(c -> ids.get((char) c)).toArray();
    }

    private int[] read(Pair pair) {
        return encode(
                reading == Reading.FORWARD
                        ? pair.question
                        : new StringBuilder(pair.question).reverse().toString());
    }

    /** Padded to the longest, with the lengths of both sides. */
    Batch batch(List<Pair> pairs) {
        int[][] sources = pairs.stream().map(this::read).toArray(int[][]::new);
        int[][] inputs = pairs.stream().map(pair -> encode(BEGIN + pair.answer)).toArray(int[][]::new);
        int[][] targets = pairs.stream().map(pair -> encode(pair.answer + END)).toArray(int[][]::new);
        return Batch.of(Map.of("source", padded(sources), "target", padded(inputs)), padded(targets))
                .with(lengths(inputs))
                .with("source", lengths(sources));
    }

    private static Ids padded(int[][] sequences) {
        int longest = Arrays.stream(sequences).mapToInt(one -> one.length).max().orElse(0);
        return Ids.of(
                Arrays.stream(sequences).map(one -> Arrays.copyOf(one, longest)).toArray(int[][]::new));
    }

    private static Spans lengths(int[][] sequences) {
        return Spans.of(Arrays.stream(sequences).mapToInt(one -> one.length).toArray());
    }

    @Override
    public Batches training() {
        return batches(learnt, true);
    }

    @Override
    public Batches validation() {
        return batches(held, false);
    }

    private Batches batches(List<Pair> pairs, boolean shuffled) {
        return new Batches() {
            @Override
            public long perEpoch() {
                return ((long) pairs.size() + ROWS - 1) / ROWS;
            }

            @Override
            public Batch batch(long number) {
                int first = (int) (number % perEpoch()) * ROWS;
                int end = Math.min(pairs.size(), first + ROWS);
                if (!shuffled) {
                    return Pairs.this.batch(pairs.subList(first, end));
                }
                Draws draws = Draws.of(seed).at("order").at(number / perEpoch());
                int[] order = Shuffle.permutation(draws, pairs.size());
                return Pairs.this.batch(
                        Arrays.stream(order, first, end).mapToObj(pairs::get).toList());
            }
        };
    }

    /** What the model answers, the most likely character after the other. */
    List<String> answers(Model model, List<Pair> pairs, int longest) {
        Model inference = model.inference();
        List<String> answers = new ArrayList<>();
        for (int first = 0; first < pairs.size(); first += ROWS) {
            Batch batch = batch(pairs.subList(first, Math.min(pairs.size(), first + ROWS)));
            Session session =
                    inference.session(Window.of(Map.of("source", batch.inputs().get("source")))
                            .with("source", batch.inputSpans().get("source")));
            int[][] written = new Sampler(Choice.greedy(), seed)
                    .write(session, ids.get(BEGIN), ids.get(END), longest, characters());
            for (int[] answer : written) {
                StringBuilder text = new StringBuilder();
                Arrays.stream(answer).forEach(id -> text.append((char) characters.get(id)));
                answers.add(text.toString());
            }
        }
        return answers;
    }

    /** The share of some questions that are answered without any mistake. */
    double exact(Model model, List<Pair> asked) {
        int longest =
                asked.stream().mapToInt(pair -> pair.answer.length()).max().orElse(0) + 1;
        List<String> answers = answers(model, asked, longest);
        int right = 0;
        for (int i = 0; i < answers.size(); i++) {
            right += answers.get(i).equals(asked.get(i).answer) ? 1 : 0;
        }
        return (double) right / answers.size();
    }

    /** What the answer of the most alike question that was learnt gets on the test part: as many equal characters as possible at equal places from the end. */
    double exactOfNearest() {
        int right = 0;
        for (Pair asked : test) {
            Pair nearest = learnt.get(0);
            int most = -1;
            for (Pair pair : learnt) {
                int alike = alike(asked.question, pair.question);
                if (alike > most) {
                    most = alike;
                    nearest = pair;
                }
            }
            right += nearest.answer.equals(asked.answer) ? 1 : 0;
        }
        return (double) right / test.size();
    }

    private static int alike(String a, String b) {
        int alike = 0;
        for (int i = 1; i <= Math.min(a.length(), b.length()); i++) {
            alike += a.charAt(a.length() - i) == b.charAt(b.length() - i) ? 1 : 0;
        }
        return alike - Math.abs(a.length() - b.length());
    }

    @Override
    public String fingerprint() {
        Fingerprint print = new Fingerprint().add(reading.name()).add(new long[] {seed});
        learnt.forEach(pair -> print.add(pair.question).add(pair.answer));
        held.forEach(pair -> print.add(pair.question).add(pair.answer));
        test.forEach(pair -> print.add(pair.question).add(pair.answer));
        return print.digits();
    }
}
