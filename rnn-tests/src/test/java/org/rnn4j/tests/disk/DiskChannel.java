package org.rnn4j.tests.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file of a {@link Disk}. */
final class DiskChannel extends FileChannel {
    private final Disk disk;
    private final Path file;
    private final FileChannel channel;

    DiskChannel(Disk disk, Path file, FileChannel channel) {
        this.disk = disk;
        this.file = file;
        this.channel = channel;
    }

    /** Writes from a buffer at the file's position or at another one. */
    @FunctionalInterface
    private interface Writing {
        int write(ByteBuffer source) throws IOException;
    }

    private int write(ByteBuffer source, Writing writing) throws IOException {
        int whole = source.limit();
        disk.begin(Operation.Kind.WRITE, file, () -> {
            source.limit(source.position() + source.remaining() / 2);
            while (source.hasRemaining()) {
                writing.write(source);
            }
            source.limit(whole);
        });
        return writing.write(source);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return write(source, channel::write);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        int begin = source.position();
        return write(source, bytes -> channel.write(bytes, position + bytes.position() - begin));
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            written += write(sources[i]);
        }
        return written;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        disk.begin(Operation.Kind.READ, file);
        return channel.read(target);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        disk.begin(Operation.Kind.READ, file);
        return channel.read(target, position);
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        disk.begin(Operation.Kind.READ, file);
        return channel.read(targets, offset, length);
    }

    @Override
    public void force(boolean metaData) throws IOException {
        disk.begin(Operation.Kind.FORCE, file);
        channel.force(metaData);
        disk.medium().forced(file);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        disk.begin(Operation.Kind.TRUNCATE, file);
        channel.truncate(size);
        return this;
    }

    @Override
    public long position() throws IOException {
        disk.requirePower();
        return channel.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        disk.requirePower();
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        disk.requirePower();
        return channel.size();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        disk.requireLocks();
        return channel.lock(position, size, shared);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        disk.requireLocks();
        return channel.tryLock(position, size, shared);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException("not counted here");
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException("not counted here");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("what is written to a mapped file cannot be seen");
    }

    @Override
    protected void implCloseChannel() throws IOException {
        disk.closed(channel);
        channel.close();
    }
}
