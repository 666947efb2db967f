package org.rnn4j.training;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rnn4j.api.Loss;
import org.rnn4j.core.Spelling;
import org.rnn4j.core.optim.Group;
import org.rnn4j.core.optim.Optimizer;

/**
 * The settings that determine a run in addition to its model, seed and data, as plain values by their place in a configuration:
 * {@code schedule.rate}. They are saved in a checkpoint and compared when a run is resumed.
 *
 * <p>They are read from the objects of a trainer, whether or not these come from a configuration: the type and the components of a record. Of other
 * objects only the type is known, and of a lambda nothing.
 */
final class RunSettings {
    /** The name of the data's setting, for which the checkpoint has a hash. */
    static final String DATA = "data.fingerprint";

    /** How many steps a schedule goes over. */
    static final String SCHEDULE_STEPS = "schedule.steps";

    private static final String TYPE = ".type";
    private static final int SHOWN = 3;
    /** Not settings of a run: a change makes it a different run. */
    private static final Set<String> FIXED = Set.of("model", "seed");

    private final Map<String, Object> values = new TreeMap<>();

    private RunSettings() {}

    static Map<String, Object> of(Optimizer optimizer, Loss loss, TrainerSettings training, List<Listener> listeners) {
        RunSettings settings = new RunSettings();
        settings.add("loss", loss);
        settings.add("optimizer", optimizer.rule());
        settings.add("optimizer.weightDecay", optimizer.weightDecay());
        for (Group group : optimizer.groups()) {
            // By pattern, because their order does not matter.
            String path = "optimizer.groups[" + group.pattern() + "].";
            settings.add(path + "rateFactor", group.rateFactor());
            settings.add(path + "weightDecay", group.weightDecay());
            settings.add(path + "frozen", group.frozen());
        }
        settings.add("schedule", training.schedule());
        settings.add("training.clip", training.clip());
        settings.add("training.validateEvery", training.validateEvery());
        settings.add("training.averageAfter", training.averageAfter());
        // The first decides what is best; the others are only reported.
        training.metrics().stream().limit(1).forEach(metric -> settings.add("training.metrics[0]", metric.label()));
        listeners.forEach(listener -> settings.add("listeners." + listener.name(), listener.settings()));
        return Collections.unmodifiableMap(settings.values);
    }

    private void add(String path, Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof Long || value instanceof Double) {
            values.put(path, value);
        } else if (value instanceof Float number) {
            values.put(path, number.doubleValue());
        } else if (value instanceof Number number) {
            values.put(path, number.longValue());
        } else if (value instanceof Enum<?> constant) {
            values.put(path, constant.name().toLowerCase(Locale.ROOT));
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                add(path + "[" + i + "]", list.get(i));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> add(path + "." + key, item));
        } else if (value != null && isNamed(value.getClass())) {
            values.put(path + TYPE, value.getClass().getSimpleName());
            if (value instanceof Record record) {
                addComponents(path, record);
            }
        }
    }

    /** Lambdas are called otherwise in each process. */
    private static boolean isNamed(Class<?> type) {
        return !type.isHidden() && !type.isAnonymousClass();
    }

    private void addComponents(String path, Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                add(path + "." + component.getName(), component.getAccessor().invoke(record));
            } catch (IllegalAccessException e) {
                // Of a record that is not public only the type is known.
                return;
            } catch (InvocationTargetException e) {
                throw new IllegalStateException(path + "." + component.getName() + " cannot be read", e.getCause());
            }
        }
    }

    /**
     * A setting whose value differs from the checkpoint.
     *
     * @param saved null for a missing value
     * @param here null for a missing value
     */
    record Change(String name, Object saved, Object here) {
        @Override
        public String toString() {
            return name + " is " + words(saved) + " in the checkpoint, but " + words(here) + " here";
        }

        private static String words(Object value) {
            return value == null ? "left out" : value.toString();
        }
    }

    /** The differences, types before what depends on them. */
    static List<Change> changes(Map<String, Object> saved, Map<String, Object> here) {
        Set<String> names = new TreeSet<>(Comparator.comparing((String name) -> name.replace(TYPE, "."))
                .thenComparing(Comparator.naturalOrder()));
        names.addAll(saved.keySet());
        names.addAll(here.keySet());
        List<Change> result = new ArrayList<>();
        for (String name : names) {
            if (!same(saved.get(name), here.get(name))) {
                result.add(new Change(name, saved.get(name), here.get(name)));
            }
        }
        return result;
    }

    /** A number is the same whether it is written with a fraction or without: 50 and 50.0. */
    private static boolean same(Object saved, Object here) {
        if (saved instanceof Number before && here instanceof Number now && before.getClass() != now.getClass()) {
            return before.doubleValue() == now.doubleValue();
        }
        return Objects.equals(saved, here);
    }

    /** Whether a setting may change: it is named, or the section that it stands in is. */
    static boolean isAllowed(String name, Set<String> allowed) {
        return allowed.stream()
                .anyMatch(part -> name.equals(part) || name.startsWith(part + ".") || name.startsWith(part + "["));
    }

    /** Refuses to allow a change that is never possible. */
    static void refuseFixed(Set<String> allowed) {
        allowed.stream()
                .filter(part -> isAllowed(part, FIXED))
                .sorted()
                .findFirst()
                .ifPresent(part -> {
                    throw new IllegalArgumentException("--allow-changed " + part
                            + ": a run goes on with its model and its seed, which cannot change; begin a new run");
                });
    }

    /** Refuses changes that are not allowed, and allowed names that are not settings. */
    static void check(List<Change> changes, Set<String> allowed, Set<String> known) {
        Set<String> all = new TreeSet<>(known);
        all.add(DATA);
        for (String part : new TreeSet<>(allowed)) {
            if (all.stream().noneMatch(name -> isAllowed(name, Set.of(part)))) {
                throw new IllegalArgumentException("--allow-changed " + part + ": this run has no such setting"
                        + Spelling.nearest(part, all)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(";")
                        + " known here: " + String.join(", ", all));
            }
        }
        List<Change> refused = changes.stream()
                .filter(change -> !isAllowed(change.name(), allowed))
                .toList();
        if (!refused.isEmpty()) {
            List<String> shown = new ArrayList<>();
            refused.stream().limit(SHOWN).forEach(change -> shown.add(change.toString()));
            if (refused.size() > SHOWN) {
                shown.add("and " + (refused.size() - SHOWN) + " more");
            }
            throw new IllegalArgumentException("the checkpoint is of another run: " + String.join("; ", shown)
                    + ". Resume with the checkpoint's settings, or allow the change by name: --allow-changed "
                    + String.join(",", refused.stream().map(Change::name).toList()));
        }
    }
}
