package org.rnn4j.training.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rnn4j.core.Spelling;

/**
 * Names that a training part has, numbered in the order of the alphabet. By a map, because there may be as many as lines.
 *
 * @param noun what messages call one of them: {@code tag}
 * @param plural what they call several
 * @param names by number
 */
record Numbered(String noun, String plural, List<String> names, Map<String, Integer> numbers) {
    static Numbered of(String noun, String plural, Stream<String> all) {
        List<String> names = all.distinct().sorted().toList();
        Map<String, Integer> numbers = new HashMap<>();
        names.forEach(name -> numbers.put(name, numbers.size()));
        return new Numbered(noun, plural, names, numbers);
    }

    /**
     * The number of a name.
     *
     * @param line where it stands
     * @throws IllegalArgumentException where the training part has it not
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
