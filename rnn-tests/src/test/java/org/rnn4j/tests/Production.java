package org.rnn4j.tests;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The classes of the published modules as ArchUnit sees them, read once for all tests of rules. */
final class Production {
    static final JavaClasses CLASSES = read();

    private Production() {}

    private static JavaClasses read() {
        return new ClassFileImporter()
                .importLocations(ClassPath.OURS.stream()
                        .map(module -> location(ClassPath.path(module)))
                        .toList());
    }

    /** Classes in a directory, or in a jar where the module was packaged before. */
    private static Location location(Path path) {
        return Location.of(Files.isDirectory(path) ? path.toUri() : URI.create("jar:" + path.toUri() + "!/"));
    }

    /** The packages that everybody may use. */
    static Set<String> exportedPackages() {
        return ClassPath.OURS.stream()
                .flatMap(module -> ClassPath.descriptor(module).exports().stream())
                .filter(export -> !export.isQualified())
                .map(export -> export.source())
                .collect(Collectors.toSet());
    }

    /** Whether a package is one of a module's, which all have the module's name in front. */
    static boolean isIn(String module, String packageName) {
        return packageName.equals(module) || packageName.startsWith(module + ".");
    }

    /** Whether a class and all that it is nested in are public. */
    static boolean isPublic(JavaClass type) {
        Optional<JavaClass> outer = type.getEnclosingClass();
        return type.getModifiers().contains(JavaModifier.PUBLIC) && (outer.isEmpty() || isPublic(outer.get()));
    }

    /** Public classes in exported packages. */
    static DescribedPredicate<JavaClass> seenByOthers() {
        Set<String> exported = exportedPackages();
        return DescribedPredicate.describe(
                "are seen by others", type -> isPublic(type) && exported.contains(type.getPackageName()));
    }
}
