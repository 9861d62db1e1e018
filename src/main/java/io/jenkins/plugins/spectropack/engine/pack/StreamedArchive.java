package io.jenkins.plugins.spectropack.engine.pack;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.Optional;

/**
 * A pack's archive that has no file: it is in memory, or is made from the pack's files again whenever somebody reads it. Each time
 * gives the same bytes, as long as nobody touches the files, which is noticed.
 */
public final class StreamedArchive {

    private final String name;
    private final String digest;
    private final long size;
    private final Optional<byte[]> content;
    private final PackTree tree;
    private final Instant time;

    StreamedArchive(String name, KeptStream written, PackTree tree, Instant time) {
        this.name = name;
        digest = written.digest();
        size = written.size();
        content = written.content();
        this.tree = tree;
        this.time = time;
    }

    /** {@code NAME-VERSION.tar.gz}. */
    public String name() {
        return name;
    }

    /** {@code sha256:…} of its bytes. */
    public String digest() {
        return digest;
    }

    /** Its length in bytes. */
    public long size() {
        return size;
    }

    /**
     * Reads the archive from its start. The stream throws a {@link PackException} where a file cannot be read any more or has
     * changed since the archive was first made.
     */
    public InputStream open() throws IOException {
        return content.isPresent() ? new ByteArrayInputStream(content.get()) : new Made(tree, time);
    }

    /** Has the next piece written when the last one has been read. */
    private static final class Made extends InputStream {

        private static final class Piece extends ByteArrayOutputStream {
            private int taken;

            int take(byte[] bytes, int offset, int length) {
                int part = Math.min(length, count - taken);
                System.arraycopy(buf, taken, bytes, offset, part);
                taken += part;
                if (taken == count) {
                    reset();
                    taken = 0;
                }
                return part;
            }
        }

        private final Piece piece = new Piece();
        private final ArchiveWriter writer;
        private boolean ended;

        Made(PackTree tree, Instant time) throws IOException {
            writer = new ArchiveWriter(tree, piece, time, read -> {});
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            while (piece.size() == 0 && !ended) {
                advance();
            }
            return piece.size() == 0 && length > 0 ? -1 : piece.take(bytes, offset, length);
        }

        private void advance() throws IOException {
            try {
                if (!writer.next()) {
                    ended = true;
                    writer.close();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            }
        }

        @Override
        public void close() {
            if (!ended) {
                ended = true;
                try {
                    writer.close();
                } catch (IOException e) {
                    // An archive that nobody reads to its end need not be whole.
                }
            }
        }
    }
}
