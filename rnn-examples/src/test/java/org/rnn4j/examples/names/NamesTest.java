package org.rnn4j.examples.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rnn4j.examples.shared.Runs;
import org.rnn4j.examples.shared.Trained;
import org.rnn4j.run.RunConfiguration;

class NamesTest {
    private static final List<String> CODES = List.of("fi", "hu", "tr");

    @Test
    void noNameIsInTwoPartsOrOfTwoLanguages() {
        LocaleNames names = LocaleNames.of(LocaleNames.CODES, 1);
        Set<String> seen = new HashSet<>();
        Stream.of(names.training(), names.validation(), names.test())
                .flatMap(List::stream)
                .forEach(name -> assertTrue(seen.add(name.text()), name::text));
        assertEquals(36, names.languages().size());
        assertTrue(seen.size() > 15_000, seen.size() + " names");
        assertTrue(seen.contains("Deutschland"));
        assertTrue(names.training().size() > 7 * names.test().size());
    }

    @Test
    void theSeedDealsTheNames() {
        assertEquals(LocaleNames.of(CODES, 1), LocaleNames.of(CODES, 1));
        assertTrue(
                !LocaleNames.of(CODES, 1).test().equals(LocaleNames.of(CODES, 2).test()));
    }

    @Test
    void tellsThreeLanguagesThatAreNotRelated(@TempDir Path folder) {
        Runs runs = new Runs(Path.of("config", "names"), folder, 1);
        RunConfiguration configuration = runs.read("run")
                .with("data.codes", CODES)
                .with("model.chain.gru.hidden", 64)
                .with("model.chain.output.inputs", 64)
                .with("training.epochs", 2);
        LocaleNames names = Runs.source(configuration, LocaleNamesSource.class).names();
        Map<String, Double> baselines = Names.baselines(names);
        double majority = baselines.get("accuracy of the most frequent class");
        Trained trained = runs.train("run", configuration);
        double accuracy = trained.judge(trained.last(), trained.test().validation());
        assertTrue(majority < 0.5, baselines::toString);
        assertTrue(baselines.get("accuracy of naive Bayes") > 0.9, baselines::toString);
        assertTrue(accuracy > 0.6, "accuracy " + accuracy);
        int[][] confusion = Names.confusion(trained, CODES.size());
        assertEquals(
                names.test().size(),
                Stream.of(confusion).flatMapToInt(Arrays::stream).sum());
        double right = confusion[0][0] + confusion[1][1] + confusion[2][2];
        assertEquals(right / names.test().size(), accuracy, 1e-12);
    }
}
