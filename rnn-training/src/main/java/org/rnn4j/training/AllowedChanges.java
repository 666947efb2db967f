package org.rnn4j.training;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rnn4j.core.optim.Schedule;

/** Which settings of a run may be others than in the checkpoint that it goes on from, and which of them are. */
final class AllowedChanges {
    private static final System.Logger LOG = System.getLogger(AllowedChanges.class.getName());

    private final Set<String> allowed;
    private final List<String> made = new ArrayList<>();

    private AllowedChanges(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** Those of a new run: it has none. */
    static AllowedChanges none() {
        return new AllowedChanges(Set.of());
    }

    /**
     * Those between a checkpoint and a run.
     *
     * @param saved the checkpoint's settings; null where it does not say them
     * @param here the run's
     * @throws IllegalArgumentException where a setting is another one that may not be, naming it and both values
     */
    static AllowedChanges of(Map<String, Object> saved, Map<String, Object> here, Set<String> allowed) {
        AllowedChanges changes = new AllowedChanges(Set.copyOf(allowed));
        if (saved == null) {
            RunSettings.check(List.of(), changes.allowed, here.keySet());
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the checkpoint is of an older version and does not say with which settings its run was made:"
                            + " make sure that they are those of this run");
            return changes;
        }
        List<RunSettings.Change> differences = RunSettings.changes(saved, here);
        Set<String> known = new HashSet<>(here.keySet());
        known.addAll(saved.keySet());
        RunSettings.check(differences, changes.allowed, known);
        differences.stream().map(RunSettings.Change::toString).forEach(changes.made::add);
        return changes;
    }

    /** Says in the log what is another one. */
    void log() {
        made.forEach(AllowedChanges::log);
    }

    private static void log(String change) {
        LOG.log(System.Logger.Level.INFO, "goes on with a change that was allowed: " + change);
    }

    /**
     * Takes note of the data of a run.
     *
     * @param saved its fingerprint in the checkpoint; empty for a new run
     * @throws IllegalArgumentException where it is other data, and that is not allowed
     */
    void data(String saved, String here) {
        if (here == null) {
            throw new IllegalArgumentException("the data's fingerprint is null, expected a text");
        }
        if (saved.isEmpty() || saved.equals(here)) {
            return;
        }
        if (!RunSettings.isAllowed(RunSettings.DATA, allowed)) {
            throw new IllegalArgumentException(
                    "this run was begun on other data (fingerprint " + saved + ", now " + here
                            + "): resume on the same data, allow the change by name (--allow-changed data), or begin a new run");
        }
        make(new RunSettings.Change(RunSettings.DATA, saved, here));
    }

    /**
     * Takes note of a schedule that covers the whole run, which is another one if the run is longer.
     *
     * @param schedule as it was configured
     * @param before the number of steps that it covered in the checkpoint; 0 if it says so itself, or for a new run
     * @throws IllegalArgumentException if it is another schedule now, and that is not allowed
     */
    void schedule(Schedule schedule, long before, Course course) {
        if (before == 0 || schedule.over(before).equals(course.schedule())) {
            return;
        }
        RunSettings.Change change = new RunSettings.Change(RunSettings.SCHEDULE_STEPS, before, course.totalSteps());
        if (!RunSettings.isAllowed(change.name(), allowed)) {
            throw new IllegalArgumentException("the schedule goes over the whole run, and " + change
                    + ": resume with as many steps as before, or allow the change by name (--allow-changed schedule)");
        }
        make(change);
    }

    private void make(RunSettings.Change change) {
        made.add(change.toString());
        log(change.toString());
    }

    /** What is another one, in words. */
    List<String> made() {
        return List.copyOf(made);
    }
}
