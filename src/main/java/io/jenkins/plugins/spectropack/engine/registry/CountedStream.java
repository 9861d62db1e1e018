package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.WatchedStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how much of a blob has been read. */
final class CountedStream extends WatchedStream {

    private final LongConsumer progress;
    private long count;

    CountedStream(InputStream stream, LongConsumer progress) {
        super(stream);
        this.progress = progress;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            count += read;
            progress.accept(count);
        }
        return read;
    }
}
