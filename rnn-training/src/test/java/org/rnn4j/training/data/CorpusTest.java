package org.rnn4j.training.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusTest {

    private static Corpus read(byte... bytes) throws IOException {
        return Corpus.read(new ByteArrayInputStream(bytes), "book.txt");
    }

    @Test
    void byteOrderMarkAndLineEndsAreNotText(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("book.txt");
        Files.write(file, "\uFEFFone\r\ntwo\n\rthree\uFEFF\r\n".getBytes(UTF_8));
        Corpus corpus = Corpus.read(file);
        assertEquals("one\ntwo\n\rthree\uFEFF\n", corpus.text());
        assertEquals(file.toString(), corpus.name());
        assertEquals(16, corpus.length());
    }

    @Test
    void emptyCorpus() {
        String expected = "book.txt: empty corpus, expected text";
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> read()).getMessage());
        byte[] onlyMark = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        assertEquals(
                expected,
                assertThrows(IllegalArgumentException.class, () -> read(onlyMark))
                        .getMessage());
    }

    /** Before a byte of it is read: the file is sparse, and larger than any heap of these tests and any Java array. */
    @Test
    void aFileThatIsTooLarge(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("book.txt");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'a'}), 3_000_000_000L - 1);
        }
        String message =
                assertThrows(IOException.class, () -> Corpus.read(file)).getMessage();
        assertTrue(message.startsWith(file + " has 3000000000 bytes; expected a UTF-8 text file of at most "), message);
        assertTrue(message.contains("-Xmx") || message.contains("no Java array holds more"), message);
    }

    @Test
    void aDeviceHasNoEnd() {
        Path zeros = Path.of("/dev/zero");
        Assumptions.assumeTrue(Files.exists(zeros), "this system has no /dev/zero");
        assertEquals(
                "/dev/zero: is a pipe, a device or a socket; expected a UTF-8 text file at /dev/zero",
                assertThrows(IOException.class, () -> Corpus.read(zeros)).getMessage());
    }

    @Test
    void malformedBytes() {
        byte[] latin1 = {'c', 'a', 'f', (byte) 0xE9, ' ', 'x'};
        assertEquals(
                "book.txt: byte 0xE9 at offset 3 is not UTF-8, which was expected",
                assertThrows(IOException.class, () -> read(latin1)).getMessage());
        byte[] cut = {'a', (byte) 0xE2, (byte) 0x82}; // the first two bytes of a euro sign
        assertEquals(
                "book.txt: byte 0xE2 at offset 1 is not UTF-8, which was expected",
                assertThrows(IOException.class, () -> read(cut)).getMessage());
        byte[] utf16 = {(byte) 0xFF, (byte) 0xFE, 'a', 0};
        assertEquals(
                "book.txt: byte 0xFF at offset 0 is not UTF-8, which was expected",
                assertThrows(IOException.class, () -> read(utf16)).getMessage());
    }

    @Property
    void partsAreTheTextInOrder(
            @ForAll @NotEmpty String text,
            @ForAll @DoubleRange(min = 0.1, max = 0.5) double train,
            @ForAll @DoubleRange(max = 0.5) double validation) {
        Corpus corpus = new Corpus("text", text);
        Corpus.Parts parts = corpus.split(train, validation);
        assertEquals(text, parts.train() + parts.validation() + parts.test());
        assertEquals(
                Math.round(corpus.length() * train),
                parts.train().codePointCount(0, parts.train().length()));
    }

    @Test
    void surrogatePairsAreNotCut() {
        String smile = "\uD83D\uDE00";
        Corpus corpus = new Corpus("text", smile.repeat(10));
        assertEquals(new Corpus.Parts(smile.repeat(5), smile.repeat(3), smile.repeat(2)), corpus.split(0.5, 0.3));
        assertEquals("text, 10 characters", corpus.toString());
    }
}
