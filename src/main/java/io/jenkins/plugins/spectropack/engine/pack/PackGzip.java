package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes gzip (RFC 1952). What would not get smaller can be stored instead, which costs next to nothing where compressing it
 * would cost most; any reader takes both, since a deflate stream is a sequence of compressed and stored blocks (RFC 1951,
 * section 3.2.3).
 */
final class PackGzip extends OutputStream {

    private static final byte UNKNOWN_SYSTEM = (byte) 255;
    private static final byte[] HEADER = {0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, UNKNOWN_SYSTEM};

    /** Published packs get 2 % larger than with the level 6 of {@code gzip}, in a fifth less time. */
    private static final int LEVEL = 5;

    /** The length of a stored block has 16 bits. */
    private static final int BLOCK = 0xffff;

    private static final int TRAILER_LENGTH = 8;
    private static final int BLOCK_HEADER_LENGTH = 5;

    private final OutputStream stream;
    private final Deflater deflater = new Deflater(LEVEL, true);
    private final CRC32 checksum = new CRC32();
    private final byte[] block = new byte[BLOCK];
    private final byte[] compressed = new byte[BLOCK];
    private int filled;
    private long length;
    private boolean storing;
    private boolean closed;

    PackGzip(OutputStream stream) throws IOException {
        this.stream = stream;
        stream.write(HEADER);
    }

    /** Says what to do with the bytes from here on. */
    void store(boolean store) throws IOException {
        if (store == storing) {
            return;
        }
        drain();
        if (store) {
            // Ends on a whole byte, and what is compressed later does not refer to what came before.
            deflate(Deflater.FULL_FLUSH);
        }
        storing = store;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int part = Math.min(count - done, BLOCK - filled);
            System.arraycopy(bytes, offset + done, block, filled, part);
            filled += part;
            done += part;
            if (filled == BLOCK) {
                drain();
            }
        }
    }

    private void drain() throws IOException {
        if (filled == 0) {
            return;
        }
        checksum.update(block, 0, filled);
        length += filled;
        if (storing) {
            stream.write(littleEndian(BLOCK_HEADER_LENGTH)
                    .put((byte) 0)
                    .putShort((short) filled)
                    .putShort((short) ~filled)
                    .array());
            stream.write(block, 0, filled);
        } else {
            deflater.setInput(block, 0, filled);
            deflate(Deflater.NO_FLUSH);
        }
        filled = 0;
    }

    private void deflate(int flush) throws IOException {
        int count;
        do {
            count = deflater.deflate(compressed, 0, compressed.length, flush);
            stream.write(compressed, 0, count);
        } while (count == compressed.length);
    }

    private static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (stream) {
            drain();
            deflater.finish();
            deflate(Deflater.NO_FLUSH);
            stream.write(littleEndian(TRAILER_LENGTH)
                    .putInt((int) checksum.getValue())
                    .putInt((int) length)
                    .array());
        } finally {
            deflater.end();
        }
    }
}
