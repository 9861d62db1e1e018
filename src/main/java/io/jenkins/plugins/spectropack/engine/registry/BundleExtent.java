package io.jenkins.plugins.spectropack.engine.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A part of a file that begins where the file's stream stands. */
final class BundleExtent extends FilterInputStream {

    private long rest;

    BundleExtent(InputStream file, long size) {
        super(file);
        rest = size;
    }

    @Override
    public int read() throws IOException {
        if (rest <= 0) {
            return -1;
        }
        int value = super.read();
        rest -= value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (rest <= 0) {
            return length == 0 ? 0 : -1;
        }
        int count = super.read(buffer, offset, (int) Math.min(length, rest));
        rest -= Math.max(0, count);
        return count;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
