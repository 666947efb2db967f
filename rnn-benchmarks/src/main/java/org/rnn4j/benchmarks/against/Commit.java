package org.rnn4j.benchmarks.against;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.rnn4j.benchmarks.run.Child;

/**
 * A commit of this repository, and the jars of its benchmarks.
 *
 * @param home the top of the repository
 * @param hash of the commit
 */
public record Commit(Path home, String hash) {
    private static final long GIT_SECONDS = 60;
    private static final long BUILD_SECONDS = 3600;
    private static final String MODULE = "rnn-benchmarks";

    /** The one of a name: a hash, {@code main}, {@code HEAD~3}. */
    public static Commit of(Path home, String name) throws IOException, InterruptedException {
        Child git = git(home, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
        if (git.status() != 0 || git.out().isEmpty()) {
            throw new IllegalArgumentException("--against " + name + ": expected a commit of the repository " + home);
        }
        return new Commit(home, git.out().get(0));
    }

    /**
     * Its libraries, what they need, and its own benchmarks. They are built in a worktree that is gone afterwards, and kept, by the hash, for the
     * next time.
     *
     * @param cache a folder of the jars of commits
     * @throws IOException if the build fails, naming the file with all that it said
     */
    public List<Path> jars(Path cache) throws IOException, InterruptedException {
        Path folder = cache.resolve(hash);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(cache);
            Path tree = Files.createTempDirectory(cache, "tree");
            try {
                build(tree, cache.resolve(hash + ".log"));
                Path target = tree.resolve(MODULE).resolve("target");
                copy(List.of(target.resolve("lib"), target), folder);
            } finally {
                git(home, "worktree", "remove", "--force", tree.toString());
            }
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private void build(Path tree, Path log) throws IOException, InterruptedException {
        Child git = git(home, "worktree", "add", "--detach", tree.toString(), hash);
        if (git.status() != 0) {
            throw new IOException("commit " + hash + ": git worktree: " + git.reason());
        }
        List<String> maven =
                new ArrayList<>(List.of("mvn", "-f", tree.resolve("pom.xml").toString(), "-B", "-ntp"));
        maven.addAll(List.of("-Dmaven.test.skip", "-Dspotless.check.skip", "-pl", MODULE, "-am", "package"));
        Child build = Child.run(maven, Map.of(), BUILD_SECONDS);
        Files.write(log, build.out());
        if (build.status() != 0) {
            throw new IOException("commit " + hash + ": the build failed; all of its output is in " + log);
        }
    }

    /** Under another name first, so that a copy that was cut short is no copy. */
    private static void copy(List<Path> from, Path to) throws IOException {
        Path part = Files.createTempDirectory(to.getParent(), "part");
        for (Path folder : from) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                    Files.copy(file, part.resolve(file.getFileName()));
                }
            }
        }
        Files.move(part, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Child git(Path home, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(arguments));
        return Child.run(command, Map.of(), GIT_SECONDS);
    }
}
