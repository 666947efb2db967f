package org.rnn4j.training.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.rnn4j.core.Spelling;

/**
 * The tokens that a model knows: token i has the id i.
 *
 * <p>A vocabulary is its tokenizer's name and its list of tokens: {@code new Vocabulary(tokenizer, tokens())} is equal to
 * it, and nothing else needs to be saved. Immutable.
 *
 * <pre>{@code
 * Vocabulary characters = Vocabulary.of(new CharTokenizer(), trainingText);
 * int[] ids = characters.encode("It was the best of times");
 * String text = characters.decode(ids);
 * }</pre>
 */
public final class Vocabulary {

    private final Tokenizer tokenizer;
    private final List<String> tokens;
    private final Map<String, Integer> ids;
    /** -1 if the list has no unknown token. */
    private final int unknown;

    /**
     * Takes a list of tokens as it is, for example one that was saved.
     *
     * @param tokens all different; if the tokenizer's unknown token is among them, it represents all others
     */
    public Vocabulary(Tokenizer tokenizer, List<String> tokens) {
        this.tokenizer = Objects.requireNonNull(tokenizer, "tokenizer");
        this.tokens = List.copyOf(tokens);
        if (this.tokens.isEmpty()) {
            throw new IllegalArgumentException("vocabulary without tokens: expected at least 1");
        }
        this.ids = new HashMap<>(2 * tokens.size());
        for (int id = 0; id < this.tokens.size(); id++) {
            Integer earlier = ids.put(this.tokens.get(id), id);
            if (earlier != null) {
                throw new IllegalArgumentException("vocabulary token \"" + this.tokens.get(id) + "\" has the ids "
                        + earlier + " and " + id + ": expected tokens that are all different");
            }
        }
        this.unknown = ids.getOrDefault(tokenizer.unknown(), -1);
    }

    /** Collects all tokens of a text, as {@link #of(Tokenizer, String, int, int)} does. */
    public static Vocabulary of(Tokenizer tokenizer, String trainingText) {
        return of(tokenizer, trainingText, 1, Integer.MAX_VALUE);
    }

    /**
     * Collects the tokens of a text: the unknown token is id 0, the others follow by falling count, equal counts in the
     * order of {@link String#compareTo}.
     *
     * @param trainingText only the training part: a token that occurs only in the validation text must be unknown
     * @param minimumCount rarer tokens are omitted
     * @param maximumSize the most ids there may be, the unknown one included; the rarest tokens are omitted
     * @throws IllegalArgumentException if the text has tokens, but none of them so often
     */
    public static Vocabulary of(Tokenizer tokenizer, String trainingText, int minimumCount, int maximumSize) {
        if (minimumCount < 1 || maximumSize < 2) {
            throw new IllegalArgumentException("vocabulary of minimum count " + minimumCount + " and maximum size "
                    + maximumSize + ": expected at least 1 and 2");
        }
        Map<String, Integer> counts = new HashMap<>();
        tokenizer.split(trainingText, token -> counts.merge(token, 1, Integer::sum));
        counts.remove(tokenizer.unknown());
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).ifPresent(most -> {
            if (most.getValue() < minimumCount) {
                throw new IllegalArgumentException("no token comes " + minimumCount
                        + " times in the training part: expected minimumCount to be at most " + most.getValue()
                        + ", which is how often \"" + Spelling.brief(most.getKey()) + "\" comes");
            }
        });
        List<String> tokens = new ArrayList<>();
        tokens.add(tokenizer.unknown());
        counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= minimumCount)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(maximumSize - 1L)
                .forEach(entry -> tokens.add(entry.getKey()));
        return new Vocabulary(tokenizer, tokens);
    }

    /** Returns the tokenizer that {@link #encode} and {@link #decode} use. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Returns all tokens in the order of their ids. */
    public List<String> tokens() {
        return tokens;
    }

    /** Returns the number of ids, V. */
    public int size() {
        return tokens.size();
    }

    /** Returns the token of an id. */
    public String token(int id) {
        if (id < 0 || id >= tokens.size()) {
            throw new IllegalArgumentException(
                    "id " + id + " is outside the vocabulary: expected 0 to " + (tokens.size() - 1));
        }
        return tokens.get(id);
    }

    /**
     * Returns the id of a token, or that of the unknown token.
     *
     * @throws IllegalArgumentException if the vocabulary has neither
     */
    public int id(String token) {
        int id = ids.getOrDefault(token, unknown);
        if (id < 0) {
            throw new IllegalArgumentException(
                    "token \"" + Spelling.brief(token) + "\" is not among the " + tokens.size()
                            + " of the vocabulary, which has no \"" + tokenizer.unknown() + "\" to stand for it");
        }
        return id;
    }

    /** Returns the id of the unknown token, if the vocabulary has one. */
    public OptionalInt unknown() {
        return unknown < 0 ? OptionalInt.empty() : OptionalInt.of(unknown);
    }

    /** Whether a token has its own id. */
    public boolean contains(String token) {
        return ids.containsKey(token);
    }

    /** Returns the ids of a text's tokens. */
    public int[] encode(String text) {
        IdList list = new IdList(text.length());
        tokenizer.split(text, token -> list.add(id(token)));
        return list.toArray();
    }

    /** Returns a text with the tokens of these ids; {@code encode} gives the ids again. */
    public String decode(int... ids) {
        List<String> text = new ArrayList<>(ids.length);
        for (int id : ids) {
            text.add(token(id));
        }
        return tokenizer.join(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary that && tokenizer.equals(that.tokenizer) && tokens.equals(that.tokens);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tokenizer, tokens);
    }

    @Override
    public String toString() {
        return tokens.size() + " " + tokenizer.name();
    }

    /** A text of a million characters would be a million boxed numbers otherwise. */
    private static final class IdList {
        private int[] ids;
        private int size;

        /** For a text of so many characters; no token is empty, so a short text has few. */
        IdList(int length) {
            ids = new int[Math.max(1, Math.min(length, 1024))];
        }

        void add(int id) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
            }
            ids[size++] = id;
        }

        int[] toArray() {
            return Arrays.copyOf(ids, size);
        }
    }
}
