package org.rnn4j.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.op.Op;
import org.rnn4j.core.tensor.CoreOpsTest;
import org.rnn4j.core.unroll.WindowOpsTest;

/** Every op of core, and the window of a cell, keeps the laws of ops; those of rnn-layers are checked there. */
class CoreOpsAreCheckedTest {
    @Test
    void everyOpIsChecked() {
        Set<String> ops = Production.CLASSES.stream()
                .filter(type -> Production.isIn("org.rnn4j.core", type.getPackageName()))
                .filter(type -> type.isAssignableTo(Op.class) && !type.isInterface() && !type.isAnonymousClass())
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(14 + 1, ops.size(), ops.toString());
        for (Class<?> test : List.of(CoreOpsTest.class, WindowOpsTest.class)) {
            for (Class<?> nested : test.getDeclaredClasses()) {
                ops.removeIf(op -> nested.getSimpleName().startsWith(op));
            }
        }
        assertEquals(Set.of(), ops);
    }
}
