package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Digests;
import io.jenkins.plugins.spectropack.engine.util.WatchedStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * A blob that is checked while it is read: whoever has read it to its last byte knows that it is what its digest says. A wrong
 * one fails with its last byte, which nobody gets to see.
 */
final class VerifiedStream extends WatchedStream {

    private final String what;
    private final String digest;
    private final MessageDigest sum = Digests.begin();
    private long rest;
    private boolean checked;
    private IOException failure;

    /**
     * Begins to check.
     *
     * @param what where the blob comes from, as the beginning of a sentence
     * @param digest {@code sha256:…}
     * @param size in bytes
     */
    VerifiedStream(String what, InputStream blob, String digest, long size) {
        super(blob);
        this.what = what;
        this.digest = digest;
        rest = size;
    }

    /**
     * After whoever read has failed: throws what was wrong with the blob or its stream, if that is why, in whatever words the
     * reader wrapped it.
     */
    void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count;
        try {
            count = super.read(buffer, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
        if (count > rest || count < 0 && rest > 0) {
            throw wrong(count < 0 ? "ends " + rest + " bytes too early" : "is longer than it should be");
        }
        if (count > 0) {
            sum.update(buffer, offset, count);
            rest -= count;
        }
        if (rest == 0 && !checked) {
            checked = true;
            String found = Digests.end(sum);
            if (!found.equals(digest)) {
                throw wrong("has the content of " + found);
            }
        }
        return count;
    }

    private RegistryException wrong(String how) {
        RegistryException wrong = RegistryException.permanent(what + " failed: the blob " + digest + " " + how
                + ". It was damaged or replaced; nothing was made of it.");
        failure = wrong;
        return wrong;
    }
}
