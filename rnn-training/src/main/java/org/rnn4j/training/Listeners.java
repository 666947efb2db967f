package org.rnn4j.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.rnn4j.core.SavedValues;
import org.rnn4j.core.input.Reason;
import org.rnn4j.training.Listener.Ending;

/** The listeners of a trainer, in the order in which they are called; their names differ. */
final class Listeners {
    private final List<Listener> all = new ArrayList<>();

    List<Listener> all() {
        return Collections.unmodifiableList(all);
    }

    void forEach(Consumer<Listener> tell) {
        all.forEach(tell);
    }

    boolean add(Listener listener) {
        if (listener.name() == null) {
            throw new IllegalArgumentException("the listener "
                    + listener.getClass().getName() + " has null for its name, expected a text that no other has");
        }
        if (all.stream().anyMatch(other -> other.name().equals(listener.name()))) {
            throw new IllegalArgumentException("two listeners are named " + listener.name());
        }
        return all.add(listener);
    }

    /** The state of each listener, by name. */
    Map<String, Object> states() {
        Map<String, Object> result = new LinkedHashMap<>();
        for (Listener listener : all) {
            Map<String, Object> state = listener.state();
            if (state == null) {
                throw new IllegalStateException(
                        "the listener " + listener.name() + " gave null for its state, expected a map");
            }
            if (!state.isEmpty()) {
                result.put(listener.name(), state);
            }
        }
        return result;
    }

    /** Restores the listeners and everything else that can still fail, all or nothing. */
    void restore(Map<String, Object> states, Runnable last) {
        Map<Listener, Map<String, Object>> before = new LinkedHashMap<>();
        try {
            for (Listener listener : all) {
                before.put(listener, listener.state());
                restore(
                        listener,
                        states.containsKey(listener.name()) ? SavedValues.section(states, listener.name()) : Map.of());
            }
            last.run();
        } catch (Exception | Error e) {
            before.forEach((listener, own) -> {
                try {
                    listener.restore(own);
                } catch (RuntimeException again) {
                    if (again != e) {
                        e.addSuppressed(again);
                    }
                }
            });
            throw e;
        }
    }

    private static void restore(Listener listener, Map<String, Object> state) {
        try {
            listener.restore(state);
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "the listener " + listener.name() + " cannot go on from its state " + state + ": "
                            + Reason.words(e),
                    e);
        }
    }

    /**
     * Reports the end of the run to all listeners, even if one of them fails.
     *
     * @param failure the failure that ended the run, which stays the primary one; null for none
     */
    void end(Ending ending, Throwable failure) {
        end(all, ending, failure);
    }

    private static void end(List<Listener> untold, Ending ending, Throwable failure) {
        for (int i = 0; i < untold.size(); i++) {
            try {
                untold.get(i).ended(ending);
            } catch (Exception | Error e) {
                if (failure == null) {
                    end(
                            untold.subList(i + 1, untold.size()),
                            new Ending(ending.step(), Reason.words(e), false, true),
                            e);
                    throw e;
                }
                if (failure != e) {
                    failure.addSuppressed(e);
                }
            }
        }
    }
}
