package io.jenkins.plugins.spectropack.engine.util;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that misses nothing that is read through it: single bytes and what is skipped are read like all else, and nothing is
 * read twice. A subclass that counts, bounds or checks overrides {@link #read(byte[], int, int)} alone.
 */
public abstract class WatchedStream extends FilterInputStream {

    private static final int BUFFER = 8192;

    /** Reads from another stream, which is closed with this one. */
    protected WatchedStream(InputStream stream) {
        super(stream);
    }

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final long skip(long count) throws IOException {
        int most = (int) Math.max(0, Math.min(count, BUFFER));
        return most == 0 ? 0 : Math.max(0, read(new byte[most], 0, most));
    }

    @Override
    public final boolean markSupported() {
        return false;
    }
}
