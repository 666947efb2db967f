package org.rnn4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Ids;
import org.rnn4j.core.Model;
import org.rnn4j.training.Batch;

class PairsTest {
    @Test
    void sumsAreRightAndUnseenOnesAreNotLearnt() {
        Pairs pairs = Addition.pairs(300, 100, Pairs.Reading.REVERSED, 1);
        for (Pairs.Pair pair : pairs.test()) {
            String[] numbers = pair.question().split("\\+", -1);
            assertEquals(Integer.parseInt(numbers[0]) + Integer.parseInt(numbers[1]), Integer.parseInt(pair.answer()));
        }
        assertEquals(13, pairs.characters()); // ten digits, the plus, beginning and end
        assertEquals(100, Set.copyOf(pairs.test()).size());
    }

    @Test
    void noPairIsInTwoPartsAndThePartsAreOfTheSizesThatAreSaid() {
        for (Pairs pairs : List.of(Addition.pairs(450, 50, Pairs.Reading.FORWARD, 2), Dates.pairs(450, 50, 2))) {
            assertEquals(450, pairs.learnt().size());
            assertEquals(50, pairs.held().size());
            assertEquals(50, pairs.test().size());
            Set<String> questions = Stream.of(pairs.learnt(), pairs.held(), pairs.test())
                    .flatMap(List::stream)
                    .map(Pairs.Pair::question)
                    .collect(Collectors.toSet());
            assertEquals(550, questions.size());
        }
    }

    @Test
    void aQuestionIsReadFromItsEndAndBothSidesHaveLengths() {
        Pairs pairs = new Pairs(
                List.of(new Pairs.Pair("1+20", "21"), new Pairs.Pair("7+8", "15")), 2, Pairs.Reading.REVERSED, 1);
        Batch batch = pairs.batch(List.of(new Pairs.Pair("1+20", "21"), new Pairs.Pair("7+8", "15")));
        Ids source = (Ids) batch.inputs().get("source");
        Ids forward = (Ids) new Pairs(
                        List.of(new Pairs.Pair("1+20", "21"), new Pairs.Pair("7+8", "15")), 2, Pairs.Reading.FORWARD, 1)
                .batch(List.of(new Pairs.Pair("02+1", "21")))
                .inputs()
                .get("source");
        for (int t = 0; t < 4; t++) {
            assertEquals(forward.at(0, t), source.at(0, t));
        }
        assertEquals("[4, 3]", batch.inputSpans().get("source").toString());
        assertEquals("[3, 3]", batch.spans().toString());
    }

    @Test
    void aModelLearnsAFewSumsByHeart() {
        List<Pairs.Pair> few = Addition.pairs(24, 0, Pairs.Reading.REVERSED, 3).learnt();
        List<Pairs.Pair> wrong =
                few.stream().map(sum -> new Pairs.Pair(sum.question(), "+")).toList();
        Pairs pairs = new Pairs(
                Stream.of(few, few, wrong).flatMap(List::stream).toList(), few.size(), Pairs.Reading.REVERSED, 3);
        Addition.Learnt learnt = Addition.learn(Addition.Kind.PEEKY, pairs, 3, 120);
        assertEquals(1.0, learnt.exact().get(learnt.exact().size() - 1));
        // The epoch is chosen by the validation part: after the first ones not all were right, and by the test part
        // none ever is.
        assertTrue(learnt.exact().get(0) < 1, learnt.exact()::toString);
        assertEquals(1.0, pairs.exact(learnt.best(), pairs.held()));
        assertEquals(0.0, pairs.exact(learnt.best(), pairs.test()));
    }

    @Test
    void dateFormsAreEnglishWithEveryDateWrittenOnce() {
        List<String> forms = Dates.forms(LocalDate.of(1994, 9, 27));
        assertTrue(forms.containsAll(List.of("tuesday, september 27, 1994", "Sep 27, 1994", "27 sep 1994", "9/27/94")));
        Pairs pairs = Dates.pairs(200, 50, 1);
        assertEquals(
                50,
                pairs.test().stream()
                        .map(Pairs.Pair::question)
                        .collect(Collectors.toSet())
                        .size());
    }

    @Test
    void aDatesModelShowsWhereItLooks() {
        Pairs pairs = Dates.pairs(40, 10, 1);
        Model model = Model.create(Dates.spec(pairs.characters(), 128), 1);
        Pairs.Pair asked = pairs.test().get(0);
        assertEquals(
                asked.question().length() * asked.answer().length(),
                Dates.looks(model, pairs, asked)
                        .getSeriesMap()
                        .get("weight")
                        .getHeatData()
                        .size());
    }
}
