package org.rnn4j.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StretchTest {
    private static String of(String latin1) {
        return new String(Stretch.of(latin1.getBytes(StandardCharsets.ISO_8859_1)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void twoBytesBehindTheMarkSayHowOftenWhatComes() {
        assertEquals("xababababy", of("xab\u00ff\u0002\u0002y"));
        assertEquals("abab", of("ab\u00ff\u0001\u0009"));
        assertEquals("ab", of("ab\u00ff\u0000\u0002"));
        assertEquals("", of("\u00ff\u0003\u0003"));
    }

    @Test
    void otherBytesStayAsTheyAre() {
        byte[] input = {1, -2, 'a', -1, 3};
        assertArrayEquals(input, Stretch.of(input));
    }

    @Test
    void noInputStandsForMoreThanIsReadQuickly() {
        int length = of("abcdefgh\u00ff\u000f\u0008\u00ff\u000f\u00ff").length();
        assertTrue(length > Stretch.LONGEST - 256 && length <= Stretch.LONGEST, "" + length);
    }
}
