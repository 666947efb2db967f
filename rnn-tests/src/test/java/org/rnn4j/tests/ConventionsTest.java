package org.rnn4j.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.rnn4j.api.op.Kernels;
import org.rnn4j.api.op.Op;

/** What no class may call, hold or be named. Each rule is tried on {@link Offences} too, so that none holds because it sees nothing. */
class ConventionsTest {
    private static final JavaClasses OFFENCES =
            new ClassFileImporter().importClasses(Offences.class, Offences.LayerManager.class);

    /**
     * What is not to be called or read.
     *
     * @param what for messages
     * @param target the class and the member
     * @param permitted the beginnings of the names of the classes that may
     */
    private record Ban(String what, Pattern target, List<String> permitted) {
        static Ban of(String what, String target, String... permitted) {
            return new Ban(what, Pattern.compile(target), List.of(permitted));
        }

        DescribedPredicate<JavaAccess<?>> access() {
            return DescribedPredicate.describe(
                    "is " + what,
                    access -> target.matcher(access.getTargetOwner().getName() + "."
                                            + access.getTarget().getName())
                                    .matches()
                            && permitted.stream()
                                    .noneMatch(access.getOriginOwner().getName()::startsWith));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static final List<Ban> BANS = List.of(
            Ban.of("ending the JVM", "java[.]lang[.](System|Runtime)[.](exit|halt)"),
            Ban.of(
                    "opening what is private",
                    "java[.].*[.](setAccessible|trySetAccessible|privateLookupIn)|(sun|jdk[.]internal)[.].*"),
            // Only StrictMath gives the same bits on every JDK; what is exact or rounded correctly may come from Math.
            Ban.of(
                    "arithmetic that differs between JDKs",
                    "java[.]lang[.]Math[.](a?sin|a?cos|a?tan|atan2|sinh|cosh|tanh|exp|expm1|log|log10|log1p|pow|cbrt|hypot)"),
            // Every draw is made from the seed, by Draws. A temporary file's name is no number of a run.
            Ban.of(
                    "chance",
                    "java[.]util[.](Random|SplittableRandom|random[.].*|concurrent[.]ThreadLocalRandom)[.].*"
                            + "|java[.]security[.]SecureRandom[.].*|java[.]lang[.]Math[.]random"
                            + "|java[.]util[.]Collections[.]shuffle|java[.]util[.]UUID[.]randomUUID"
                            + "|java[.]lang[.]System[.]identityHashCode",
                    "org.rnn4j.serialization.file.AtomicFile",
                    "org.rnn4j.serialization.file.LockFile"),
            // Times go to the screen, to run.json and to the time of a line of metrics, never into a weight.
            Ban.of(
                    "the time",
                    "java[.]lang[.]System[.](currentTimeMillis|nanoTime)|java[.]util[.]Date[.]<init>"
                            + "|java[.]time[.].*[.](now|system.*)",
                    "org.rnn4j.training.listener.",
                    "org.rnn4j.run.listener.",
                    "org.rnn4j.run.RunRecord",
                    "org.rnn4j.run.RunServices",
                    // Finds out whether the CPU has fused multiply-add.
                    "org.rnn4j.core.kernel.Fma",
                    // Finds out whether the JIT has compiled the vector kernels.
                    "org.rnn4j.core.kernel.WarmUp",
                    "org.rnn4j.examples."),
            Ban.of("printing", "java[.]lang[.]System[.](out|err)", "org.rnn4j.run.listener.", "org.rnn4j.examples."));

    @ParameterizedTest
    @FieldSource("BANS")
    void nothingIsCalledThatIsBanned(Ban ban) {
        noClasses().should().accessTargetWhere(ban.access()).check(Production.CLASSES);
    }

    @ParameterizedTest
    @FieldSource("BANS")
    void aBannedCallIsFound(Ban ban) {
        List<String> found = noClasses()
                .should()
                .accessTargetWhere(ban.access())
                .evaluate(OFFENCES)
                .getFailureReport()
                .getDetails();
        // Once as a call and once as a method reference, or as two fields.
        assertEquals(2, found.size(), found.toString());
    }

    private static final Set<String> MUTABLE = Set.of(
            "java.util.ArrayList",
            "java.util.ArrayDeque",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.TreeMap",
            "java.util.TreeSet",
            "java.util.IdentityHashMap",
            "java.util.WeakHashMap",
            "java.lang.StringBuilder",
            "java.lang.ThreadLocal");

    /** Static fields that can change: not final, or of a type that is made to change. What a private array holds cannot be seen here. */
    private static final ArchCondition<JavaClass> HAVE_NO_STATIC_STATE =
            members("have no static state", JavaClass::getFields, field -> isStatic(field) && isMutable(field));

    private static boolean isStatic(JavaField field) {
        return field.getModifiers().contains(JavaModifier.STATIC)
                && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
    }

    private static boolean isMutable(JavaField field) {
        JavaClass type = field.getRawType();
        boolean isOpenArray = type.isArray() && !field.getModifiers().contains(JavaModifier.PRIVATE);
        return !field.getModifiers().contains(JavaModifier.FINAL)
                || isOpenArray
                || type.getPackageName().startsWith("java.util.concurrent")
                || MUTABLE.contains(type.getName());
    }

    /** A call with true or false in it does not say what it asks for. */
    private static final ArchCondition<JavaClass> HAVE_NO_BOOLEAN_PARAMETERS = members(
            "have no boolean parameters",
            ConventionsTest::ownPublicSignatures,
            unit -> unit.getRawParameterTypes().stream()
                    .anyMatch(type -> type.getName().equals("boolean")));

    private static final ArchCondition<JavaClass> HAVE_AT_MOST_FIVE_PARAMETERS = members(
            "have at most five parameters",
            ConventionsTest::ownPublicSignatures,
            unit -> unit.getRawParameterTypes().size() > 5);

    /**
     * The public methods and constructors that a class itself decided on. A record's components are its configuration and are named where it
     * is written down; what overrides is judged where it was declared; kernels are called with what a matrix product takes.
     */
    private static Set<JavaCodeUnit> ownPublicSignatures(JavaClass type) {
        if (type.isAssignableTo(Op.class) || type.isAssignableTo(Kernels.class)) {
            return Set.of();
        }
        return type.getCodeUnits().stream()
                .filter(unit -> unit.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                .filter(unit -> !(unit instanceof JavaConstructor && type.isRecord() && isCanonical(type, unit)))
                .filter(unit -> !(unit instanceof JavaMethod && overrides(type, unit)))
                .collect(Collectors.toSet());
    }

    private static boolean isCanonical(JavaClass type, JavaCodeUnit unit) {
        List<String> components = Arrays.stream(type.reflect().getRecordComponents())
                .map(component -> component.getType().getName())
                .toList();
        return components.equals(
                unit.getRawParameterTypes().stream().map(JavaClass::getName).toList());
    }

    private static boolean overrides(JavaClass type, JavaCodeUnit unit) {
        String[] parameters =
                unit.getRawParameterTypes().stream().map(JavaClass::getName).toArray(String[]::new);
        return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .anyMatch(parent ->
                        parent.tryGetMethod(unit.getName(), parameters).isPresent());
    }

    private static final Pattern EMPTY_NAME =
            Pattern.compile("(Abstract|Base)[A-Z].*|.*(Impl|Helper|Helpers|Util|Utils|Manager)");

    private static final ArchCondition<JavaClass> HAVE_TELLING_NAMES = members(
            "have telling names",
            List::of,
            type -> EMPTY_NAME.matcher(type.getSimpleName()).matches());

    private static <M> ArchCondition<JavaClass> members(
            String description, Function<JavaClass, ? extends Iterable<M>> members, Predicate<M> violates) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (M member : members.apply(type)) {
                    if (violates.test(member)) {
                        events.add(SimpleConditionEvent.violated(member, member + " does not " + description));
                    }
                }
            }
        };
    }

    /** Who must keep to what. */
    private record Rule(DescribedPredicate<JavaClass> who, ArchCondition<JavaClass> what) {
        @Override
        public String toString() {
            return what.getDescription();
        }
    }

    private static final DescribedPredicate<JavaClass> PUBLIC =
            DescribedPredicate.describe("are public", Production::isPublic);

    static final List<Rule> RULES = List.of(
            new Rule(DescribedPredicate.alwaysTrue(), HAVE_NO_STATIC_STATE),
            new Rule(PUBLIC, HAVE_NO_BOOLEAN_PARAMETERS),
            new Rule(PUBLIC, HAVE_AT_MOST_FIVE_PARAMETERS),
            new Rule(PUBLIC, HAVE_TELLING_NAMES));

    @ParameterizedTest
    @FieldSource("RULES")
    void everyClassKeepsTheRule(Rule rule) {
        classes().that(rule.who).should(rule.what).check(Production.CLASSES);
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void aBreachIsFound(Rule rule) {
        assertTrue(classes().should(rule.what).evaluate(OFFENCES).hasViolation());
    }
}
