package org.rnn4j.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A wrong implementation, as {@code rnn-tests/src/mutants/mutants.txt} describes it: what is replaced in the source of one class.
 *
 * @param tests the simple names of the test classes that ought to notice
 */
record Mutant(String name, String module, String type, List<String> tests, String old, String replacement) {
    private static final String TABLE = "rnn-tests/src/mutants/mutants.txt";

    /** All of the table. */
    static List<Mutant> all() throws IOException {
        String text = Files.readString(ClassPath.project().resolve(TABLE));
        List<Mutant> all = new ArrayList<>();
        for (String block : text.split("\n\n+", -1)) {
            List<String> lines =
                    block.lines().filter(line -> !line.startsWith("#")).toList();
            if (!lines.isEmpty()) {
                all.add(of(lines));
            }
        }
        return all;
    }

    private static Mutant of(List<String> lines) {
        String[] place = marked(lines, "in").split(" ", -1);
        if (place.length != 2 || lines.get(0).startsWith(" ")) {
            throw new IllegalArgumentException(TABLE + ": " + lines + ": expected a name, and a module and a class");
        }
        return new Mutant(
                lines.get(0),
                place[0],
                place[1],
                List.of(marked(lines, "by").split(" ", -1)),
                marked(lines, "-"),
                marked(lines, "+"));
    }

    private static String marked(List<String> lines, String mark) {
        String prefix = "  " + mark + " ";
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()))
                .collect(Collectors.joining("\n"));
    }

    private Path source() {
        return ClassPath.project().resolve(module + "/src/main/java/" + type.replace('.', '/') + ".java");
    }

    /** How often the text to replace occurs: once, or the table is out of date. */
    int occurrences() throws IOException {
        return Files.readString(source()).split(Pattern.quote(old), -1).length - 1;
    }

    /**
     * Compiles the changed source against the classes of this process.
     *
     * @param classes the directory to write to
     */
    void compile(Path classes) throws IOException {
        Path file = classes.resolve(source().getFileName());
        Files.writeString(file, Files.readString(source()).replace(old, replacement));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> sources = files.getJavaFileObjects(file);
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none",
                    "-nowarn",
                    "--add-modules",
                    "jdk.incubator.vector");
            if (!compiler.getTask(null, files, null, options, null, sources).call()) {
                throw new IllegalArgumentException(TABLE + ": " + name + ": does not compile");
            }
        }
    }
}
