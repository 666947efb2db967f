package org.rnn4j.tests.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Does what is asked of a {@link Disk} by the system's means, after counting it. */
final class DiskProvider extends FileSystemProvider {
    private final FileSystemProvider system = FileSystems.getDefault().provider();
    private final Disk disk;

    DiskProvider(Disk disk) {
        this.disk = disk;
    }

    private static Path system(Path path) {
        return DiskPath.system(path);
    }

    // ---- what can fail

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        Path file = system(path);
        boolean writes = options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
        disk.begin(writes ? Operation.Kind.CREATE : Operation.Kind.OPEN, file);
        FileChannel channel = system.newFileChannel(file, options, attributes);
        if (writes) {
            disk.medium().created(file.toAbsolutePath());
        }
        disk.opened(channel);
        return new DiskChannel(disk, file.toAbsolutePath(), channel);
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        disk.begin(Operation.Kind.LIST, system(path));
        DirectoryStream<Path> stream =
                system.newDirectoryStream(system(path), entry -> filter.accept(new DiskPath(disk, entry)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> entries = stream.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public Path next() {
                        return new DiskPath(disk, entries.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    @Override
    public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
        // Files.createDirectories asks for each directory on the way, and most are there.
        if (!Files.exists(system(path))) {
            disk.begin(Operation.Kind.DIRECTORY, system(path));
        }
        disk.requirePower();
        system.createDirectory(system(path), attributes);
        disk.medium().created(system(path).toAbsolutePath());
    }

    @Override
    public void delete(Path path) throws IOException {
        Path file = system(path);
        // What is not there cannot fail to be deleted for any other reason.
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            disk.begin(Operation.Kind.DELETE, file);
        }
        disk.requirePower();
        disk.medium().leaves(file.toAbsolutePath());
        system.delete(file);
        disk.medium().deleted(file.toAbsolutePath());
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Path from = system(source);
        Path to = system(target);
        disk.begin(Operation.Kind.MOVE, to);
        disk.medium().leaves(to.toAbsolutePath());
        system.move(from, to, options);
        disk.medium().moved(from.toAbsolutePath(), to.toAbsolutePath());
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("a copy is made of reads and writes, and is not counted here");
    }

    // ---- what only asks

    @Override
    public boolean isSameFile(Path one, Path other) throws IOException {
        disk.requirePower();
        return system.isSameFile(system(one), system(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        disk.requirePower();
        return system.isHidden(system(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        disk.requirePower();
        return system.getFileStore(system(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        disk.requirePower();
        system.checkAccess(system(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        disk.requirePower();
        return system.getFileAttributeView(system(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        disk.requirePower();
        return system.readAttributes(system(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        disk.requirePower();
        return system.readAttributes(system(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        disk.requirePower();
        system.setAttribute(system(path), attribute, value, options);
    }

    // ---- what there is one of

    @Override
    public String getScheme() {
        return "disk";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("a disk is made by Disk.over");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return disk;
    }

    @Override
    public Path getPath(URI uri) {
        return new DiskPath(disk, Path.of(URI.create("file:" + uri.getRawPath())));
    }
}
