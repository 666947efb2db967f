package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The product's inner loops read a number that the compilers must not know. javac puts the value of a final field with a constant initializer in
 * its place, without a trace in the results: only the class file shows it.
 */
class TileFieldsTest {
    private static final String KERNEL = "org.rnn4j.core.kernel.";

    /** The methods of a class that must read a field of the name. */
    private static final Map<String, Map<String, List<String>>> READERS = Map.of(
            "mask", Map.of("Tiles", List.of("tile5"), "OneIndexTiles", List.of("tile6", "tile8")),
            "line", Map.of("IndexedTiles", List.of("tile6", "tile8")));

    @Test
    void tilesReadTheNumberThatTheCompilerMustNotKnow() {
        READERS.forEach((field, readers) -> readers.forEach((name, methods) -> methods.forEach(method -> {
            JavaClass type = Production.CLASSES.get(KERNEL + name);
            assertTrue(
                    only(type, method).getFieldAccesses().stream()
                            .anyMatch(access -> access.getTarget().getName().equals(field)),
                    name + "." + method + " does not read " + field);
        })));
    }

    private static JavaMethod only(JavaClass type, String name) {
        List<JavaMethod> found = type.getMethods().stream()
                .filter(method -> method.getName().equals(name))
                .toList();
        assertEquals(1, found.size(), type.getName() + "." + name);
        return found.get(0);
    }
}
