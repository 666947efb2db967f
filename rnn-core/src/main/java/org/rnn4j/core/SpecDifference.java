package org.rnn4j.core;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.rnn4j.core.input.Components;

/** Finds where two configurations differ first, in the order in which they are written. */
final class SpecDifference {
    private SpecDifference() {}

    /** The first difference in words, such as {@code nodes.lstm.layer.hidden is 64 in the checkpoint, but 128 here}. */
    static Optional<String> first(String path, Object saved, Object here) {
        if (saved instanceof Map<?, ?> savedMap && here instanceof Map<?, ?> hereMap) {
            return ofMaps(path, savedMap, hereMap);
        }
        if (saved instanceof List<?> savedList
                && here instanceof List<?> hereList
                && savedList.size() == hereList.size()) {
            return ofLists(path, savedList, hereList);
        }
        if (saved instanceof Record && here instanceof Record) {
            return ofRecords(path, saved, here);
        }
        if (Objects.equals(saved, here)) {
            return Optional.empty();
        }
        return Optional.of(path + " is " + words(saved) + " in the checkpoint, but " + words(here) + " here");
    }

    private static String words(Object value) {
        return value == null ? "left out" : Spelling.brief(value.toString(), 400);
    }

    private static Optional<String> ofMaps(String path, Map<?, ?> saved, Map<?, ?> here) {
        for (Object key : saved.keySet()) {
            if (!here.containsKey(key)) {
                return Optional.of(Components.path(path, (String) key) + " is in the checkpoint, but not here");
            }
        }
        for (Object key : here.keySet()) {
            if (!saved.containsKey(key)) {
                return Optional.of(Components.path(path, (String) key) + " is here, but not in the checkpoint");
            }
        }
        // Maps with another order are equal, but their parameters are not in the same order.
        List<Object> order = new ArrayList<>(saved.keySet());
        if (!order.equals(new ArrayList<>(here.keySet()))) {
            return Optional.of(
                    path + " are in the order " + order + " in the checkpoint, but " + here.keySet() + " here");
        }
        return order.stream()
                .flatMap(key -> first(Components.path(path, (String) key), saved.get(key), here.get(key)).stream())
                .findFirst();
    }

    private static Optional<String> ofLists(String path, List<?> saved, List<?> here) {
        for (int i = 0; i < saved.size(); i++) {
            Optional<String> difference = first(path + "[" + i + "]", saved.get(i), here.get(i));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ofRecords(String path, Object saved, Object here) {
        if (saved.getClass() != here.getClass()) {
            return Optional.of(path + " is a " + saved.getClass().getSimpleName() + " in the checkpoint, but a "
                    + here.getClass().getSimpleName() + " here");
        }
        for (RecordComponent component : saved.getClass().getRecordComponents()) {
            Optional<String> difference = first(
                    Components.path(path, component.getName()),
                    Components.value(saved, component),
                    Components.value(here, component));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }
}
