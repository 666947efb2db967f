package org.rnn4j.training.text;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lower-case words and single punctuation marks; white space separates and is dropped.
 *
 * <p>A word is a run of letters, marks and digits, with apostrophes inside it ({@code don't} is one word, {@code 'tis} is
 * two tokens). Every other visible character is a separate token. A word in angle brackets, such as {@code <unk>} or {@code <eos>} in prepared
 * corpora, is not split.
 *
 * <p>{@link #join} puts a space between tokens, but none before a closing mark such as a comma.
 */
public record WordTokenizer() implements Tokenizer {

    private static final String WORD = "[\\p{L}\\p{M}\\p{N}]+";

    /** Possessive (*+): nothing that it takes can be missing later, and a stack grows with what may be given back. */
    private static final Pattern TOKEN =
            Pattern.compile("<" + WORD + ">|" + WORD + "(?:['\\u2019]" + WORD + ")*+|[^\\s\\p{Z}\\p{C}]");

    private static final String CLOSING = ".,;:!?)";

    @Override
    public String name() {
        return "words";
    }

    @Override
    public void split(String text, Consumer<String> tokens) {
        Matcher matcher = TOKEN.matcher(lowerCase(text));
        while (matcher.find()) {
            tokens.accept(matcher.group());
        }
    }

    /** The one letter that becomes two characters goes first: each of them would have Java copy the whole text. */
    private static String lowerCase(String text) {
        return text.replace("\u0130", "i\u0307").toLowerCase(Locale.ROOT);
    }

    @Override
    public String join(List<String> tokens) {
        StringBuilder text = new StringBuilder();
        for (String token : tokens) {
            if (!text.isEmpty() && !CLOSING.contains(token)) {
                text.append(' ');
            }
            text.append(token);
        }
        return text.toString();
    }

    @Override
    public String unknown() {
        return "<unk>";
    }

    @Override
    public String boundary() {
        return "<s>";
    }
}
