package org.rnn4j.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Which module and which package may use what: what docs/architecture.md says and module descriptors alone cannot hold. */
class ArchitectureTest {
    private static final List<String> MODULES = ClassPath.OURS;

    /** What a module may use beside the JDK and itself. */
    private static final Map<String, List<String>> MAY_USE = Map.of(
            "org.rnn4j.api", List.of(),
            "org.rnn4j.core", List.of("org.rnn4j.api..", "org.ejml..", "jdk.incubator.vector.."),
            "org.rnn4j.layers", List.of("org.rnn4j.api.."),
            "org.rnn4j.serialization", List.of("org.rnn4j.api..", "org.rnn4j.core..", "com.fasterxml.jackson.."),
            "org.rnn4j.training", List.of("org.rnn4j.api..", "org.rnn4j.core.."),
            "org.rnn4j.run",
                    List.of(
                            "org.rnn4j.api..",
                            "org.rnn4j.core..",
                            "org.rnn4j.serialization..",
                            "org.rnn4j.training..",
                            "com.google.inject..",
                            "jakarta.inject..",
                            "me.tongfei.progressbar..",
                            "org.knowm.xchart.."),
            "org.rnn4j.testkit",
                    List.of(
                            "org.rnn4j.api..",
                            "org.rnn4j.core..",
                            "org.rnn4j.serialization..",
                            "org.junit.jupiter.api.."),
            "org.rnn4j.examples",
                    List.of(
                            "org.rnn4j.api..",
                            "org.rnn4j.core..",
                            "org.rnn4j.layers..",
                            "org.rnn4j.serialization..",
                            "org.rnn4j.training..",
                            "org.rnn4j.run..",
                            "picocli..",
                            "org.knowm.xchart..",
                            "com.github.signaflo.timeseries.."));

    /** Who may use a library: one package and those below it; the examples draw too. Logs go to System.Logger. */
    private static final Map<String, List<String>> AT_HOME_IN = Map.of(
            "com.google..", List.of("org.rnn4j.run.inject.."),
            "jakarta.inject..", List.of("org.rnn4j.run.inject.."),
            "org.knowm..", List.of("org.rnn4j.run.listener..", "org.rnn4j.examples.."),
            "me.tongfei..", List.of("org.rnn4j.run.listener.."),
            "com.fasterxml..", List.of("org.rnn4j.serialization.."),
            "org.ejml..", List.of("org.rnn4j.core", "org.rnn4j.core.linear"),
            "jdk.incubator..", List.of("org.rnn4j.core.kernel.."),
            "java.util.logging..", List.of("nobody"));

    /** The modules of others whose types stand in signatures that users see. */
    private static final Map<String, Set<String>> SHOWN = Map.of(
            "org.rnn4j.run", Set.of("com.google.guice", "jakarta.inject"),
            "org.rnn4j.testkit", Set.of("org.junit.jupiter.api"));

    /** Those types, by the package that shows them. */
    private static final Map<String, List<String>> SHOWN_TYPES = Map.of(
            "org.rnn4j.run.inject", List.of("com.google.inject", "jakarta.inject"),
            "org.rnn4j.testkit", List.of("org.junit.jupiter.api"));

    /** Who may look into private fields: picocli, which fills in a command line's options. */
    private static final Map<String, Set<String>> OPENED_TO = Map.of("org.rnn4j.examples", Set.of("info.picocli"));

    /** At least so many classes each, so that no rule holds because nothing was looked at. */
    private static final Map<String, Integer> LEAST = Map.of(
            "org.rnn4j.api", 25,
            "org.rnn4j.core", 50,
            "org.rnn4j.layers", 20,
            "org.rnn4j.serialization", 25,
            "org.rnn4j.training", 60,
            "org.rnn4j.run", 30,
            "org.rnn4j.testkit", 25,
            "org.rnn4j.examples", 3);

    @Test
    void everyModuleIsLookedAt() {
        long all = 0;
        for (String module : MODULES) {
            long found = Production.CLASSES.stream()
                    .filter(type -> Production.isIn(module, type.getPackageName()))
                    .count();
            assertTrue(found >= LEAST.get(module), module + ": " + found + " classes");
            all += found;
        }
        assertEquals(Production.CLASSES.size(), all, "classes outside the packages of their module");
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void aModuleUsesWhatItMay(String module) {
        List<String> allowed = new ArrayList<>(MAY_USE.get(module));
        allowed.addAll(List.of(module + "..", "java..", "javax.."));
        classes()
                .that()
                .resideInAPackage(module + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(String[]::new))
                .check(Production.CLASSES);
    }

    @Test
    void aLibraryIsUsedWhereItIsAtHome() {
        AT_HOME_IN.forEach((library, homes) -> noClasses()
                .that()
                .resideOutsideOfPackages(homes.toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(Production.CLASSES));
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void aModuleIsClosed(String module) {
        ModuleDescriptor descriptor = ClassPath.descriptor(module);
        assertFalse(descriptor.isAutomatic(), "has no module-info");
        assertFalse(descriptor.isOpen(), "is open");
        descriptor.exports().stream()
                .filter(ModuleDescriptor.Exports::isQualified)
                .forEach(export -> assertTrue(MODULES.containsAll(export.targets()), export.toString()));
        Set<String> openedTo = descriptor.opens().stream()
                .flatMap(opened -> opened.isQualified() ? opened.targets().stream() : Stream.of("everybody"))
                .collect(Collectors.toSet());
        assertEquals(OPENED_TO.getOrDefault(module, Set.of()), openedTo);
        Set<String> passedOn = descriptor.requires().stream()
                .filter(required -> required.modifiers().contains(Modifier.TRANSITIVE))
                .map(ModuleDescriptor.Requires::name)
                .filter(name -> !MODULES.contains(name))
                .collect(Collectors.toSet());
        assertEquals(SHOWN.getOrDefault(module, Set.of()), passedOn);
    }

    @Test
    void theApiNeedsNothingAndTheLayersNeedTheApi() {
        assertEquals(Set.of("java.base"), required("org.rnn4j.api"));
        assertEquals(Set.of("java.base", "org.rnn4j.api"), required("org.rnn4j.layers"));
    }

    private static Set<String> required(String module) {
        return ClassPath.descriptor(module).requires().stream()
                .map(ModuleDescriptor.Requires::name)
                .collect(Collectors.toSet());
    }

    @Test
    void whatIsExportedShowsOnlyWhatIsExported() {
        Set<String> exported = Production.exportedPackages();
        assertTrue(exported.size() >= 10, exported.toString());
        assertFalse(exported.contains("org.rnn4j.core.tensor"), "the float32 tensor is for core alone");
        assertFalse(exported.contains("org.rnn4j.core.kernel"), "the kernels are for core alone");
        assertFalse(exported.contains("org.rnn4j.core.input"), "what modules share to read input is for them alone");
        classes()
                .that(Production.seenByOthers())
                .should(new ShowOnly("exported packages", exported))
                .check(Production.CLASSES);
    }

    /** Types in the signatures that users of a class see, or meet when they extend it. */
    private static final class ShowOnly extends ArchCondition<JavaClass> {
        private final Set<String> packages;

        ShowOnly(String what, Set<String> packages) {
            super("show only types of " + what);
            this.packages = packages;
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            type.getSuperclass().ifPresent(superclass -> check(type, "extends", superclass, events));
            type.getInterfaces().forEach(implemented -> check(type, "implements", implemented, events));
            for (JavaField field : type.getFields()) {
                if (isSeen(field.getModifiers())) {
                    check(type, field.getName(), field.getType(), events);
                }
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (isSeen(unit.getModifiers()) && !unit.getModifiers().contains(JavaModifier.SYNTHETIC)) {
                    check(type, unit.getName(), unit.getReturnType(), events);
                    unit.getParameterTypes().forEach(parameter -> check(type, unit.getName(), parameter, events));
                    unit.getExceptionTypes().forEach(thrown -> check(type, unit.getName(), thrown, events));
                }
            }
        }

        private static boolean isSeen(Set<JavaModifier> modifiers) {
            return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
        }

        private void check(JavaClass owner, String member, JavaType shown, ConditionEvents events) {
            for (JavaClass raw : shown.getAllInvolvedRawTypes()) {
                if (!mayShow(owner, raw.getBaseComponentType())) {
                    events.add(SimpleConditionEvent.violated(
                            owner, owner.getName() + "." + member + " shows " + raw.getName()));
                }
            }
        }

        private boolean mayShow(JavaClass owner, JavaClass shown) {
            String name = shown.getPackageName();
            String home = owner.getPackageName();
            return shown.isPrimitive()
                    || name.startsWith("java.")
                    || packages.contains(name)
                    || SHOWN_TYPES.entrySet().stream()
                            .filter(entry -> Production.isIn(entry.getKey(), home))
                            .anyMatch(entry -> entry.getValue().stream().anyMatch(name::startsWith));
        }
    }

    @Test
    void aSignatureThatShowsTooMuchIsFound() {
        Set<String> lessThanAll = new HashSet<>(Production.exportedPackages());
        lessThanAll.remove("org.rnn4j.api");
        assertTrue(classes()
                .that(Production.seenByOthers())
                .should(new ShowOnly("some packages", lessThanAll))
                .evaluate(Production.CLASSES)
                .hasViolation());
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void packagesOfAModuleHaveNoCycles(String module) {
        slices().assignedFrom(packagesOf(module)).should().beFreeOfCycles().check(Production.CLASSES);
    }

    private static SliceAssignment packagesOf(String module) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return Production.isIn(module, type.getPackageName())
                        ? SliceIdentifier.of(type.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages of " + module;
            }
        };
    }
}
