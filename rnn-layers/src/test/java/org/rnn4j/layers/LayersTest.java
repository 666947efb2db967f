package org.rnn4j.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.rnn4j.api.Spec;
import org.rnn4j.api.TypeProvider;

class LayersTest {
    private final Map<String, ? extends Class<?>> layers = new Layers().types().in(Spec.class);

    @Test
    void theModuleAndTheServicesFileNameTheSameProvider() throws IOException {
        List<String> onTheModulePath;
        try (InputStream in = Layers.class.getResourceAsStream("/module-info.class")) {
            onTheModulePath = ModuleDescriptor.read(in).provides().stream()
                    .filter(service -> service.service().equals(TypeProvider.class.getName()))
                    .flatMap(service -> service.providers().stream())
                    .toList();
        }
        List<String> onTheClassPath;
        try (InputStream in = Layers.class.getResourceAsStream("/META-INF/services/" + TypeProvider.class.getName())) {
            onTheClassPath = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertEquals(List.of(Layers.class.getName()), onTheModulePath);
        assertEquals(onTheModulePath, onTheClassPath);
    }

    @Test
    void theIdIsTheNameOfTheRecord() {
        assertFalse(layers.isEmpty());
        layers.forEach((id, type) -> {
            assertEquals(type.getSimpleName(), id);
            assertTrue(type.isRecord(), id);
        });
    }

    @Test
    void noSpecOfThisModuleIsLeftOut() throws IOException {
        Set<Class<?>> specs =
                classes().stream().filter(Spec.class::isAssignableFrom).collect(Collectors.toSet());
        assertEquals(Set.copyOf(layers.values()), specs);
    }

    /** All classes of this module. */
    static List<Class<?>> classes() throws IOException {
        Path root;
        try {
            root = Path.of(Layers.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        List<Class<?>> classes = new ArrayList<>();
        for (Path file : files) {
            String name = root.relativize(file).toString().replace(".class", "").replace('/', '.');
            if (!name.equals("module-info") && !name.startsWith("META-INF")) {
                try {
                    classes.add(Class.forName(name));
                } catch (ClassNotFoundException e) {
                    throw new IOException(e);
                }
            }
        }
        return classes;
    }
}
