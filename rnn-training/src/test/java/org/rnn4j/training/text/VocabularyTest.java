package org.rnn4j.training.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class VocabularyTest {

    private static List<String> split(Tokenizer tokenizer, String text) {
        List<String> tokens = new ArrayList<>();
        tokenizer.split(text, tokens::add);
        return tokens;
    }

    @Test
    void charactersByFallingCount() {
        Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), "abracadabra!");
        assertEquals(List.of("\uFFFD", "a", "b", "r", "!", "c", "d"), vocabulary.tokens());
        assertArrayEquals(new int[] {1, 2, 3, 0}, vocabulary.encode("abrX"));
        assertEquals("abr\uFFFD", vocabulary.decode(1, 2, 3, 0));
        assertEquals(7, vocabulary.size());
        assertEquals("7 characters", vocabulary.toString());
    }

    @Test
    void aSurrogatePairIsOneCharacter() {
        Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), "\uD83D\uDE00a");
        assertEquals(3, vocabulary.size());
        assertEquals("\uD83D\uDE00\uD83D\uDE00", vocabulary.decode(vocabulary.encode("\uD83D\uDE00\uD83D\uDE00")));
    }

    /** The dotted capital I, the sigma at a word's end, and what stands between. */
    @Property
    void wordsAreLowerCaseAsJavaHasIt(
            @ForAll @CharRange(from = ' ', to = '~') @Chars({'\u0130', '\u0307', '\u03A3', '\u00C9'}) String text) {
        assertEquals(split(new WordTokenizer(), text.toLowerCase(Locale.ROOT)), split(new WordTokenizer(), text));
    }

    /** Java copies the whole text for each such letter: these would take minutes. */
    @Test
    @Timeout(20)
    void oneLetterAloneBecomesTwo() {
        List<Integer> letters = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(letter ->
                        Character.toString(letter).toLowerCase(Locale.ROOT).length() > Character.charCount(letter))
                .boxed()
                .toList();
        assertEquals(List.of(0x130), letters);
        String many = "\u0130".repeat(1_000_000);
        assertEquals(List.of("i\u0307".repeat(1_000_000)), split(new WordTokenizer(), many));
    }

    @Test
    void minimumCountAndMaximumSize() {
        assertEquals(
                List.of("<unk>", "a", "b"),
                Vocabulary.of(new WordTokenizer(), "a a a b b c", 2, 99).tokens());
        assertEquals(
                List.of("<unk>", "a"),
                Vocabulary.of(new WordTokenizer(), "a a a b b c", 1, 2).tokens());
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(new WordTokenizer(), "a", 0, 9));
        assertThrows(IllegalArgumentException.class, () -> Vocabulary.of(new WordTokenizer(), "a", 1, 1));
    }

    @Test
    void words() {
        assertEquals(
                List.of(
                        "don't",
                        "say",
                        ",",
                        "'",
                        "tis",
                        "old",
                        "-",
                        "fashioned",
                        "\u2014",
                        "3",
                        "!",
                        "<unk>",
                        "<",
                        "5"),
                split(new WordTokenizer(), "Don't  SAY,\n'tis old-fashioned \u2014 3! <unk> < 5"));
        assertEquals(
                List.of("\u00e9t\u00e9", "\uAC00\uB098"), split(new WordTokenizer(), "\u00c9T\u00c9 \uAC00\uB098"));
        Vocabulary vocabulary = Vocabulary.of(new WordTokenizer(), "You say goodbye and I say hello.");
        assertEquals("you say hello <unk>.", vocabulary.decode(vocabulary.encode("You say hello world .")));
    }

    @Property
    void textOfKnownCharactersComesBack(@ForAll @NotEmpty String text) {
        Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), text);
        assertEquals(text, vocabulary.decode(vocabulary.encode(text)));
        assertEquals(text.codePointCount(0, text.length()), vocabulary.encode(text).length);
    }

    @Property
    void idsComeBack(@ForAll("texts") String text, @ForAll @Size(max = 40) int[] raw, @ForAll boolean words) {
        Vocabulary vocabulary = Vocabulary.of(words ? new WordTokenizer() : new CharTokenizer(), text);
        int[] ids =
                Arrays.stream(raw).map(x -> Math.floorMod(x, vocabulary.size())).toArray();
        assertArrayEquals(ids, vocabulary.encode(vocabulary.decode(ids)));
    }

    /** Words and marks that could run into each other, and any character at all. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> marks =
                Arbitraries.of("<", ">", "'", "\u2019", "a", "Unk", "\u03a3", "\u0130", "1", ".", " ", "\n", "-");
        return Arbitraries.oneOf(List.of(marks, Arbitraries.strings().ofMaxLength(3)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }

    @Property
    void itsTokensAreAllOfIt(@ForAll @NotEmpty String text, @ForAll @IntRange(min = 1, max = 3) int minimum) {
        Vocabulary vocabulary = Vocabulary.of(new CharTokenizer(), text.repeat(minimum), minimum, 20);
        Vocabulary again = new Vocabulary(new CharTokenizer(), vocabulary.tokens());
        assertEquals(vocabulary, again);
        assertEquals(vocabulary.hashCode(), again.hashCode());
        for (int id = 0; id < again.size(); id++) {
            assertEquals(id, again.id(vocabulary.token(id)));
        }
    }

    /** A regular expression that may give back what it took needs a frame of the stack for each part of the word. */
    @Test
    void aWordOfAnyNumberOfApostrophesIsOne() {
        String word = "a'b".repeat(100_000);
        assertEquals(List.of(word, "'"), split(new WordTokenizer(), word + "'"));
    }

    @Test
    void equality() {
        Vocabulary ab = new Vocabulary(new CharTokenizer(), List.of("a", "b"));
        assertNotEquals(ab, new Vocabulary(new CharTokenizer(), List.of("b", "a")));
        assertNotEquals(ab, new Vocabulary(new WordTokenizer(), List.of("a", "b")));
        assertTrue(ab.contains("a"));
        assertFalse(ab.contains("c"));
    }

    @Test
    void badInput() {
        Vocabulary ab = new Vocabulary(new CharTokenizer(), List.of("a", "b"));
        assertEquals(
                "token \"c\" is not among the 2 of the vocabulary, which has no \"\uFFFD\" to stand for it",
                assertThrows(IllegalArgumentException.class, () -> ab.encode("abc"))
                        .getMessage());
        assertEquals(
                "id 2 is outside the vocabulary: expected 0 to 1",
                assertThrows(IllegalArgumentException.class, () -> ab.decode(0, 2))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> ab.token(-1));
        assertEquals(
                "vocabulary token \"a\" has the ids 0 and 2: expected tokens that are all different",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Vocabulary(new CharTokenizer(), List.of("a", "b", "a")))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Vocabulary(new CharTokenizer(), List.of()));
    }
}
