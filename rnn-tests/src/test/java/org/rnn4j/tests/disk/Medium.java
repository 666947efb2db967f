package org.rnn4j.tests.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Knows which names and contents beneath a folder were forced to the disk, as POSIX has it: forcing a file secures its content and not its
 * name; forcing a directory secures the names in it.
 */
final class Medium {
    /** A file or a directory, whatever its names. */
    private static final class Node {
        private final boolean directory;
        /** What was last forced; nothing in the beginning. */
        private byte[] forced = {};
        /** What was written when it lost its last name. */
        private byte[] left;

        Node(boolean directory) {
            this.directory = directory;
        }
    }

    /** A change of names in one directory, which happens as a whole; null for a name that is no more. */
    private record Change(Path directory, Map<Path, Node> names) {}

    private final Path root;
    private final Map<Path, Node> live = new HashMap<>();
    private final Map<Path, Node> secured = new HashMap<>();
    private final List<Change> open = new ArrayList<>();

    /** Takes what is beneath a folder for forced. */
    Medium(Path root) throws IOException {
        this.root = root;
        for (Path path : beneath()) {
            Node node = new Node(Files.isDirectory(path));
            if (!node.directory) {
                node.forced = Files.readAllBytes(path);
            }
            live.put(path, node);
            secured.put(path, node);
        }
    }

    private List<Path> beneath() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(path -> !path.equals(root)).sorted().toList();
        }
    }

    /** A name may be new. */
    void created(Path path) {
        if (path.startsWith(root) && !live.containsKey(path)) {
            change(path.getParent(), Map.of(path, new Node(Files.isDirectory(path))));
        }
    }

    /** A name is about to go, or to be another file's. */
    void leaves(Path path) throws IOException {
        Node node = live.get(path);
        if (node != null && !node.directory) {
            node.left = Files.readAllBytes(path);
        }
    }

    void deleted(Path path) {
        Map<Path, Node> names = new HashMap<>();
        names.put(path, null);
        change(path.getParent(), names);
    }

    /** Beneath the root, within one directory. */
    void moved(Path from, Path to) {
        if (!from.getParent().equals(to.getParent())) {
            throw new IllegalArgumentException("not known of here: a rename from one directory to another");
        }
        Map<Path, Node> names = new HashMap<>();
        names.put(from, null);
        names.put(to, live.get(from));
        live.get(from).left = null;
        change(to.getParent(), names);
    }

    private void change(Path directory, Map<Path, Node> names) {
        open.add(new Change(directory, names));
        apply(names, live);
    }

    private static void apply(Map<Path, Node> names, Map<Path, Node> to) {
        names.forEach((path, node) -> {
            if (node == null) {
                to.remove(path);
            } else {
                to.put(path, node);
            }
        });
    }

    /** A file's content, or a directory's names. */
    void forced(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            for (Change change : open) {
                if (change.directory.equals(path)) {
                    apply(change.names, secured);
                }
            }
            open.removeIf(change -> change.directory.equals(path));
        } else if (live.containsKey(path)) {
            live.get(path).forced = Files.readAllBytes(path);
        }
    }

    /** Leaves beneath the folder what the disk holds when the power comes back, and takes that for forced. */
    void lose(Survival survival) throws IOException {
        Map<Path, Node> found = new TreeMap<>(secured);
        open.subList(0, survival.names(open.size())).forEach(change -> apply(change.names, found));
        Map<Path, byte[]> contents = new TreeMap<>();
        for (Map.Entry<Path, Node> entry : found.entrySet()) {
            if (!entry.getValue().directory) {
                contents.put(entry.getKey(), content(entry.getValue(), survival));
            }
        }
        for (Path path : beneath().stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(path);
        }
        live.clear();
        secured.clear();
        open.clear();
        // In the order of their names, so that a directory comes before what is in it; without it, that is lost.
        for (Map.Entry<Path, Node> entry : found.entrySet()) {
            Path path = entry.getKey();
            if (!Files.exists(path.getParent())) {
                continue;
            }
            Node node = new Node(entry.getValue().directory);
            if (node.directory) {
                Files.createDirectory(path);
            } else {
                node.forced = contents.get(path);
                Files.write(path, node.forced);
            }
            live.put(path, node);
            secured.put(path, node);
        }
    }

    private byte[] content(Node node, Survival survival) throws IOException {
        byte[] written = node.left;
        for (Map.Entry<Path, Node> entry : live.entrySet()) {
            if (entry.getValue() == node) {
                written = Files.readAllBytes(entry.getKey());
            }
        }
        return survival.content(node.forced, written);
    }
}
