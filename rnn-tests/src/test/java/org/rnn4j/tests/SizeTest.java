package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * How much a user gets: the bytes of our modules and of the jars that they need. Where a module was not packaged before this test runs, the
 * files of its directory are counted, which are larger than the jar.
 */
class SizeTest {
    private static final long MEGABYTE = 1_000_000;

    private static final List<String> INFERENCE =
            List.of("org.rnn4j.api", "org.rnn4j.core", "org.rnn4j.layers", "ejml.core", "ejml.ddense");

    private static final String TRAINING = "org.rnn4j.training";

    private static final List<String> FILES = List.of(
            "org.rnn4j.serialization",
            "com.fasterxml.jackson.annotation",
            "com.fasterxml.jackson.core",
            "com.fasterxml.jackson.databind",
            "com.fasterxml.jackson.dataformat.yaml",
            "org.yaml.snakeyaml");

    /** What is on this class path for tests and examples alone. Whatever else there is, now or later, counts as needed to train. */
    private static final List<String> NOT_TO_TRAIN = List.of(
            "org.rnn4j.testkit",
            "org.rnn4j.examples",
            "info.picocli",
            "crunch.test",
            "extjwnl.data.wn31",
            "vader.sentiment.analyzer",
            "timeseries",
            "math",
            "org.junit.",
            "org.opentest4j",
            "org.apiguardian.api",
            "org.mockito",
            "net.bytebuddy",
            "org.objenesis",
            "net.jqwik",
            "com.tngtech.archunit",
            "org.slf4j",
            "surefirebooter");

    @Test
    void whatAUserGetsIsSmall() {
        List<String> files = new ArrayList<>(INFERENCE);
        files.addAll(FILES);
        List<String> training = ClassPath.modules().keySet().stream()
                .filter(Predicate.not(module -> NOT_TO_TRAIN.stream().anyMatch(module::startsWith)))
                .sorted()
                .toList();
        assertTrue(training.containsAll(files), training.toString());
        atMost(3, "to run a model", INFERENCE);
        List<String> trainingAlone = new ArrayList<>(INFERENCE);
        trainingAlone.add(TRAINING);
        boolean packaged = trainingAlone.stream().map(ClassPath::path).noneMatch(Files::isDirectory);
        atMost(packaged ? 1.6 : 3, "and to train it in a program of one's own", trainingAlone);
        atMost(5, "and to load it from files", files);
        atMost(12, "and to train it from a configuration file", training);
    }

    private static void atMost(double megabytes, String what, List<String> modules) {
        long bytes = modules.stream().mapToLong(ClassPath::bytes).sum();
        String size = String.format(
                Locale.ROOT, "%s: %.2f MB in %d modules", what, (double) bytes / MEGABYTE, modules.size());
        System.out.println(size);
        assertTrue(bytes < megabytes * MEGABYTE, size + " " + modules);
    }
}
