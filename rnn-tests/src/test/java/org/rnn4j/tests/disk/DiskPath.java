package org.rnn4j.tests.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path of the system's that belongs to a {@link Disk}. */
final class DiskPath implements Path {
    private final Disk disk;
    private final Path path;

    DiskPath(Disk disk, Path path) {
        this.disk = disk;
        this.path = path;
    }

    /** The system's path. */
    static Path system(Path path) {
        if (path instanceof DiskPath wrapped) {
            return wrapped.path;
        }
        throw new ProviderMismatchException(path + " is a path of another file system");
    }

    private Path wrap(Path other) {
        return other == null ? null : new DiskPath(disk, other);
    }

    @Override
    public FileSystem getFileSystem() {
        return disk;
    }

    @Override
    public boolean isAbsolute() {
        return path.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return wrap(path.getRoot());
    }

    @Override
    public Path getFileName() {
        return wrap(path.getFileName());
    }

    @Override
    public Path getParent() {
        return wrap(path.getParent());
    }

    @Override
    public int getNameCount() {
        return path.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return wrap(path.getName(index));
    }

    @Override
    public Path subpath(int from, int to) {
        return wrap(path.subpath(from, to));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof DiskPath wrapped && path.startsWith(wrapped.path);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof DiskPath wrapped && path.endsWith(wrapped.path);
    }

    @Override
    public Path normalize() {
        return wrap(path.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return wrap(path.resolve(system(other)));
    }

    @Override
    public Path relativize(Path other) {
        return wrap(path.relativize(system(other)));
    }

    @Override
    public URI toUri() {
        return URI.create(disk.provider().getScheme() + ":" + path.toUri().getRawPath());
    }

    @Override
    public Path toAbsolutePath() {
        return wrap(path.toAbsolutePath());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        disk.requirePower();
        return wrap(path.toRealPath(options));
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("nothing is watched");
    }

    @Override
    public int compareTo(Path other) {
        return path.compareTo(system(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiskPath wrapped && disk == wrapped.disk && path.equals(wrapped.path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
