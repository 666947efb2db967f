package org.rnn4j.examples.seq2seq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.api.Ids;
import org.rnn4j.core.Model;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.run.RunConfiguration;
import org.rnn4j.run.RunServices;
import org.rnn4j.training.Batch;
import org.rnn4j.training.data.DataSource;
import org.rnn4j.training.metric.SequenceMetric;
import org.rnn4j.training.text.PairsData;
import org.rnn4j.training.text.Reading;

class PairsTest {
    private static final int ROWS = 128;

    @Test
    void sumsAreRightAndUnseenOnesAreNotLearnt() {
        SumsSource source = new SumsSource(300, 100, Reading.REVERSED, ROWS, 1);
        Pairs pairs = source.pairs();
        for (Pairs.Pair pair : pairs.test()) {
            String[] numbers = pair.question().split("\\+", -1);
            assertEquals(Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]), Integer.parseInt(pair.answer()));
        }
        assertEquals(13, source.load().sizes().get("source")); // ten digits, the plus, beginning and end
        assertEquals(100, Set.copyOf(pairs.test()).size());
    }

    @Test
    void noPairIsInTwoPartsAndThePartsAreOfTheSizesThatAreSaid() {
        for (Pairs pairs :
                List.of(new SumsSource(450, 50, null, ROWS, 2).pairs(), new DatesSource(450, 50, ROWS, 2).pairs())) {
            assertEquals(450, pairs.train().size());
            assertEquals(50, pairs.validation().size());
            assertEquals(50, pairs.test().size());
            Set<String> questions = Stream.of(pairs.train(), pairs.validation(), pairs.test())
                    .flatMap(List::stream)
                    .map(Pairs.Pair::question)
                    .collect(Collectors.toSet());
            assertEquals(550, questions.size());
        }
    }

    /** What is judged in the end is nothing that the epoch was chosen by. */
    @Test
    void aSourcesTestPartIsTheTestPart() {
        SumsSource sums = new SumsSource(300, 40, null, ROWS, 4);
        DatesSource dates = new DatesSource(300, 40, ROWS, 4);
        assertEquals(read(sums.pairs().test(), Reading.FORWARD), read(sums.test()));
        assertEquals(read(sums.pairs().validation(), Reading.FORWARD), read(sums.load()));
        assertEquals(read(dates.pairs().test(), Reading.REVERSED), read(dates.test()));
        assertEquals(read(dates.pairs().validation(), Reading.REVERSED), read(dates.load()));
    }

    private static List<String> read(List<Pairs.Pair> pairs, Reading reading) {
        return pairs.stream()
                .map(Pairs.Pair::question)
                .map(question -> reading == Reading.FORWARD
                        ? question
                        : new StringBuilder(question).reverse().toString())
                .sorted()
                .toList();
    }

    private static List<String> read(PairsData data) {
        return Stream.iterate(0L, i -> i + 1)
                .limit(data.validation().perEpoch())
                .flatMap(i -> questions(data, data.validation().batch(i)))
                .sorted()
                .toList();
    }

    @Test
    void aQuestionIsReadFromItsEndAndBothSidesHaveLengths() {
        List<Pairs.Pair> sums = List.of(new Pairs.Pair("1+20", "21"), new Pairs.Pair("7+8", "15"));
        PairsData data = new Pairs(sums, 2, Reading.REVERSED, ROWS, 1).data(sums);
        Batch batch = data.training().batch(0);
        Ids source = (Ids) batch.inputs().get("source");
        int longer = batch.inputSpans().get("source").validSteps(0, 4) == 4 ? 0 : 1;
        int[] read = {source.at(longer, 0), source.at(longer, 1), source.at(longer, 2), source.at(longer, 3)};
        assertEquals("02+1", data.sides().questions().decode(read));
        assertEquals(3, batch.inputSpans().get("source").validSteps(1 - longer, 4));
        assertEquals(3, batch.spans().validSteps(0, 9));
        assertEquals(3, batch.spans().validSteps(1, 9));
    }

    /** The order of learning is that of a shuffle, whatever the lengths: what the results of these examples were measured with. */
    @Test
    void anEpochHasEveryPairOnceInAnOrderOfItsOwn() {
        SumsSource source = new SumsSource(300, 10, Reading.FORWARD, ROWS, 1);
        PairsData data = source.load();
        List<String> first = questions(data, 0);
        List<String> second = questions(data, 3);
        assertEquals(3, data.training().perEpoch());
        assertEquals(
                source.pairs().train().stream()
                        .map(Pairs.Pair::question)
                        .sorted()
                        .toList(),
                first.stream().sorted().toList());
        assertEquals(first.stream().sorted().toList(), second.stream().sorted().toList());
        assertTrue(!first.equals(second));
    }

    private static List<String> questions(PairsData data, long from) {
        return Stream.of(from, from + 1, from + 2)
                .flatMap(number -> questions(data, data.training().batch(number)))
                .toList();
    }

    private static Stream<String> questions(PairsData data, Batch batch) {
        Ids source = (Ids) batch.inputs().get("source");
        int steps = source.shape().dim(1);
        return Stream.iterate(0, n -> n + 1).limit(source.shape().dim(0)).map(n -> {
            int[] row = new int[batch.inputSpans().get("source").validSteps(n, steps)];
            Arrays.setAll(row, t -> source.at(n, t));
            return data.sides().questions().decode(row);
        });
    }

    @Test
    void aModelLearnsAFewSumsByHeart(@TempDir Path folder) {
        List<Pairs.Pair> few =
                new SumsSource(24, 1, Reading.REVERSED, ROWS, 3).pairs().train();
        List<Pairs.Pair> wrong =
                few.stream().map(sum -> new Pairs.Pair(sum.question(), "+")).toList();
        Pairs pairs = new Pairs(few, few.size(), Reading.REVERSED, ROWS, 3);
        Runs runs = new Runs(Path.of("config", "addition"), folder, 3);
        // A third of the units, which is enough for 24 sums.
        RunConfiguration configuration = runs.read("reversed-peeky")
                .with("model.nodes.encoder.layer.cell.hidden", 40)
                .with("model.nodes.decoder.layer.cell.inputs", 16 + 40)
                .with("model.nodes.decoder.layer.cell.hidden", 40)
                .with("model.nodes.output.layer.inputs", 2 * 40)
                .with("schedule.rate", 0.02)
                .with("training.epochs", 60);
        Trained trained =
                runs.train("run", configuration, RunServices.usual().with((DataSource source) -> pairs.data(few)));
        double[] exact = trained.validations();
        assertEquals(60, exact.length);
        assertEquals(1.0, exact[59]);
        // The epoch is chosen by the validation part: after the first ones not all were right, and by the test part
        // none ever is.
        assertTrue(exact[0] < 1, () -> Arrays.toString(exact));
        PairsData data = pairs.data(few);
        assertEquals(1.0, trained.judge(trained.best(), data.validation()));
        assertEquals(0.0, trained.judge(trained.best(), pairs.data(wrong).validation()));
        // What the decoder writes by itself is what was predicted from the right beginnings.
        assertEquals(1.0, data.answers(trained.best(), data.validation(), 5).score(SequenceMetric.EXACT_MATCH));
    }

    @Test
    void dateFormsAreEnglishWithEveryDateWrittenOnce() {
        List<String> forms = DatesSource.forms(LocalDate.of(1994, 9, 27));
        assertTrue(forms.containsAll(List.of("tuesday, september 27, 1994", "Sep 27, 1994", "27 sep 1994", "9/27/94")));
        Pairs pairs = new DatesSource(200, 50, ROWS, 1).pairs();
        assertEquals(
                50,
                pairs.test().stream()
                        .map(Pairs.Pair::question)
                        .collect(Collectors.toSet())
                        .size());
    }

    @Test
    void aDatesModelShowsWhereItLooks(@TempDir Path folder) {
        DatesSource dates = new DatesSource(40, 10, ROWS, 1);
        PairsData data = dates.test();
        RunConfiguration configuration = new Runs(Path.of("config", "dates"), folder, 1).read("run");
        Model model = Model.create(configuration.model(data.sizes()), 1);
        Pairs.Pair asked = dates.pairs().test().get(0);
        assertEquals(
                asked.question().length() * asked.answer().length(),
                Dates.looks(model, data.sides(), asked)
                        .getSeriesMap()
                        .get("weight")
                        .getHeatData()
                        .size());
    }
}
