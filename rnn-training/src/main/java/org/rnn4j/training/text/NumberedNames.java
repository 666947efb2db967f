package org.rnn4j.training.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rnn4j.core.Spelling;

/**
 * The names in a training part, numbered in alphabetical order. A map, because there may be as many as lines.
 *
 * @param noun what messages call one of them: {@code tag}
 * @param plural what they call several
 * @param names by number
 */
record NumberedNames(String noun, String plural, List<String> names, Map<String, Integer> numbers) {
    static NumberedNames of(String noun, String plural, Stream<String> all) {
        List<String> names = all.distinct().sorted().toList();
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return new NumberedNames(noun, plural, names, numbers);
    }

    /**
     * The number of a name.
     *
     * @param line its line
     * @throws IllegalArgumentException if the training part does not have it
     */
    int of(int line, String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("line " + line + ": " + noun + " " + Spelling.brief(name)
                    + " is in the validation part alone, expected one of the " + numbers.size() + " " + plural
                    + " of the training part");
        }
        return number;
    }
}
