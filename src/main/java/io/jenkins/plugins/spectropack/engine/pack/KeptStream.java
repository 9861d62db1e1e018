package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;

/** Counts and digests what is written, and keeps it as long as it is little. */
final class KeptStream extends OutputStream {

    private final MessageDigest digest = Digests.begin();
    private final int limit;
    private ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private long size;

    /** Begins with nothing; keeps up to so many bytes. */
    KeptStream(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        digest.update(bytes, offset, count);
        size += count;
        if (size > limit) {
            kept = null;
        }
        if (kept != null) {
            kept.write(bytes, offset, count);
        }
    }

    long size() {
        return size;
    }

    /** {@code sha256:…} of all that was written; begins anew. */
    String digest() {
        return Digests.end(digest);
    }

    /** All that was written; nothing if that was too much. */
    Optional<byte[]> content() {
        return Optional.ofNullable(kept).map(ByteArrayOutputStream::toByteArray);
    }
}
