package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.WatchedStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that remembers why it failed, for whoever handed it to somebody who takes every failure for the network's. */
final class OwnStream extends WatchedStream {

    private volatile IOException failure;

    OwnStream(InputStream stream) {
        super(stream);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Throws what went wrong here, if anything did. */
    void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }
}
