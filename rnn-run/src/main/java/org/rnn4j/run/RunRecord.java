package org.rnn4j.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rnn4j.core.input.Reason;
import org.rnn4j.run.listener.RunFolder;
import org.rnn4j.serialization.configuration.JsonFile;
import org.rnn4j.training.Listener;
import org.rnn4j.training.Training;

/**
 * Writes run.json: when and where each process of a run ran, with which versions, and how it ended. Everything that may differ between equal runs is
 * there, so that their checkpoints can be equal.
 */
final class RunRecord implements Listener {
    private static final String PROCESSES = "processes";

    private final RunFolder folder;
    private final Clock clock;
    private final List<Object> earlier = new ArrayList<>();
    private final Map<String, Object> process = new LinkedHashMap<>();
    private Training training;

    RunRecord(RunFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    @Override
    public void started(Training running) {
        training = running;
        if (running.step() > 0) {
            earlier.addAll(processes());
        }
        process.put("started", now());
        process.put("ended", null);
        process.put("firstStep", running.step());
        process.put("lastStep", null);
        process.put("ending", "still running, or killed");
        if (!running.changes().isEmpty()) {
            process.put("changed", running.changes());
        }
        process.put("rnn4j", version());
        process.put("java", System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor"));
        process.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch"));
        process.put("processors", Runtime.getRuntime().availableProcessors());
        write();
    }

    /** Those of the file; none if it was damaged, because its content is less important than the run. */
    private List<?> processes() {
        try {
            return JsonFile.readOrPutAside(folder.record()).map(record -> record.get(PROCESSES)).stream()
                    .filter(List.class::isInstance)
                    .<Object>flatMap(list -> ((List<?>) list).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the run's record " + folder.record() + " cannot be read: " + Reason.of(e), e);
        }
    }

    @Override
    public void ended(Ending ending) {
        if (training == null) {
            // Another listener failed before this one saw the start of the run.
            return;
        }
        process.put("ended", now());
        process.put("lastStep", ending.step());
        process.put("ending", ending.reason());
        write();
    }

    private String now() {
        return Instant.now(clock).toString();
    }

    /** A module on the module path knows its version, and a jar on the class path; compiled classes do not. */
    private static String version() {
        Class<?> type = RunRecord.class;
        return Optional.ofNullable(type.getModule().getDescriptor())
                .flatMap(ModuleDescriptor::rawVersion)
                .or(() -> Optional.ofNullable(type.getPackage().getImplementationVersion()))
                .orElse("unknown");
    }

    private void write() {
        List<Object> processes = new ArrayList<>(earlier);
        processes.add(process);
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("seed", training.model().seed());
        record.put(PROCESSES, processes);
        folder.requireStillHeld();
        try {
            JsonFile.write(folder.record(), record);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the run's record " + folder.record() + " cannot be written: " + Reason.of(e), e);
        }
    }
}
