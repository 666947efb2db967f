package org.rnn4j.tests.disk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The system's file system, with faults. Its paths read like the system's, so a program that only asks paths and files for what it needs does not
 * notice; {@link Path#toFile} is refused, as by every file system but the default one.
 *
 * <pre>{@code
 * Disk disk = Disk.over(folder);
 * disk.breaks(Fault.fullFrom(17));
 * run(disk.path("run"));                    // the 17th operation and all later ones find no room
 * disk.heals();
 * }</pre>
 *
 * <p>It counts every operation that can fail. What only asks (whether a file exists, how long it is) is neither counted nor does it fail,
 * except where the power is gone.
 */
public final class Disk extends FileSystem {
    private final FileSystem system = FileSystems.getDefault();
    private final DiskProvider provider = new DiskProvider(this);
    private final Path root;
    private final List<FileChannel> channels = new ArrayList<>();
    private final Medium medium;
    private Fault fault = Fault.none();
    private long operations;
    private boolean powered = true;
    private boolean locks = true;

    private Disk(Path root) throws IOException {
        this.root = root;
        medium = new Medium(root);
    }

    /** A disk that holds a folder, and what is in it. */
    public static Disk over(Path folder) throws IOException {
        return new Disk(folder.toRealPath());
    }

    /** A path beneath the folder. */
    public Path path(String name) {
        return new DiskPath(this, root.resolve(name));
    }

    /** From now on this goes wrong, with operations counted from 1. */
    public synchronized void breaks(Fault with) {
        fault = with;
        operations = 0;
    }

    /** From now on nothing goes wrong. */
    public void heals() {
        breaks(Fault.none());
    }

    /** From now on no file can be locked, as on some disks of a network. */
    public synchronized void lacksLocks() {
        locks = false;
    }

    synchronized void requireLocks() throws IOException {
        requirePower();
        if (!locks) {
            throw new IOException(Fault.WITHOUT_LOCKS);
        }
    }

    /** The power is back: the disk holds what was forced, and of the rest what survives. All files are closed. */
    public synchronized void restarts(Survival survival) throws IOException {
        for (FileChannel channel : channels) {
            channel.close();
        }
        channels.clear();
        medium.lose(survival);
        powered = true;
        heals();
    }

    /** How many there were since the disk was made, healed or told what goes wrong. */
    public synchronized long operations() {
        return operations;
    }

    /** Counts an operation, which may fail here. */
    synchronized void begin(Operation.Kind kind, Path file, Operation.Half half) throws IOException {
        requirePower();
        Operation operation = new Operation(++operations, kind, file.toAbsolutePath(), half);
        try {
            fault.before(operation);
        } catch (PowerLoss e) {
            powered = false;
            throw e;
        }
    }

    synchronized void begin(Operation.Kind kind, Path file) throws IOException {
        begin(kind, file, Operation.Half.NOTHING);
    }

    synchronized void requirePower() {
        if (!powered) {
            throw new PowerLoss();
        }
    }

    synchronized void opened(FileChannel channel) {
        channels.add(channel);
    }

    synchronized void closed(FileChannel channel) {
        channels.remove(channel);
    }

    Medium medium() {
        return medium;
    }

    // ---- as the system's

    @Override
    public FileSystemProvider provider() {
        return provider;
    }

    /** Does nothing: the files are the system's. */
    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public String getSeparator() {
        return system.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        List<Path> roots = new ArrayList<>();
        system.getRootDirectories().forEach(directory -> roots.add(new DiskPath(this, directory)));
        return roots;
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return system.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return system.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
        return new DiskPath(this, system.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher matcher = system.getPathMatcher(syntaxAndPattern);
        return path -> matcher.matches(DiskPath.system(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return system.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("nothing is watched");
    }
}
