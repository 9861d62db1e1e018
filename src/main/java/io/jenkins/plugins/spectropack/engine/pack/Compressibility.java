package io.jenkins.plugins.spectropack.engine.pack;

import java.util.zip.Deflater;

/**
 * Tells by a sample whether bytes get smaller by compression. Charts are archives that are compressed already, and much of what
 * else is large in a pack is too. The answer depends on the bytes alone, so that the same pack gives the same archive.
 */
final class Compressibility implements AutoCloseable {

    /** Less costs more to try than it can save. */
    private static final int WORTH_A_TRY = 8 * 1024;

    private static final int SAMPLE = 2 * 1024;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    private final byte[] output = new byte[SAMPLE];

    /** Whether the first bytes of a buffer are worth compressing. */
    boolean isCompressible(byte[] buffer, int count) {
        if (count < WORTH_A_TRY) {
            return true;
        }
        deflater.reset();
        // From the middle, because what is compressed often begins with a header that is not.
        deflater.setInput(buffer, (count - SAMPLE) / 2, SAMPLE);
        deflater.finish();
        return deflater.deflate(output) < SAMPLE;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
