package io.jenkins.plugins.spectropack.engine.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A tar file of which somebody reads what describes its entries, and keeps that in memory: no more than those of a bundle can
 * take. Their contents are passed over.
 */
final class HeadersOnly implements SeekableByteChannel {

    /** For ten thousands of entries of half a KiB each. */
    private static final int LIMIT = 16 * 1024 * 1024;

    private final SeekableByteChannel file;
    private int rest = LIMIT;

    HeadersOnly(Path file) throws IOException {
        this.file = Files.newByteChannel(file);
    }

    /** Whether more was to be read. */
    boolean isExhausted() {
        return rest < 0;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        int count = file.read(buffer);
        rest -= Math.max(0, count);
        if (rest < 0) {
            throw new IOException("what describes its entries has more than " + LIMIT / 1024 / 1024 + " MiB");
        }
        return count;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return file.write(buffer);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        file.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        file.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
