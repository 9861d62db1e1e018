package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.WatchedStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Reads a gzip-compressed tar archive that anybody may have made: a chart of a pack, or what a registry holds. Memory stays
 * bounded, because what the tar reader gets between two contents, and would keep (long names, pax records, maps of sparse
 * files), has a limit; time does, because all that is unpacked has another.
 */
public final class ArchiveReader implements AutoCloseable {

    /** For what describes one entry. Linux takes paths of 4 KiB; extended attributes have at most 64 KiB each there. */
    static final int MAX_DESCRIPTION = 1024 * 1024;

    /** GNU tar's header for a label of the archive, which is no file. */
    private static final byte LABEL = 'V';

    /** Of a name or a link's target: as much as Linux takes. What works on names may take time that grows faster than they do. */
    private static final int LONGEST_PATH = 4096;

    private static final int BUFFER = 64 * 1024;
    private static final int MEBI = 1024 * 1024;

    private final long limit;
    private final Source source;
    private Allowance allowance;
    private TarArchiveInputStream tar;
    private final byte[] skipped = new byte[BUFFER];
    private long contents;

    /**
     * Makes a reader, which reads nothing yet.
     *
     * @param archive closed with this
     * @param limit how many bytes the archive may unpack to
     */
    public ArchiveReader(InputStream archive, long limit) {
        this.limit = limit;
        source = new Source(archive);
    }

    /**
     * Goes to the next entry that is a file, a folder, a link or a device.
     *
     * @return null after the last one
     * @throws IOException if this is no such archive, a damaged one or one beyond the limits, or the stream fails
     */
    public TarArchiveEntry next() throws IOException, InterruptedException {
        if (tar == null) {
            // Helm marks its archives with an extra field that the gzip reader of Commons Compress refuses.
            allowance = new Allowance(new GZIPInputStream(source, BUFFER));
            // Leniently, since what nobody asks for, such as times and owners, need not make sense.
            tar = new TarArchiveInputStream(
                    allowance, TarConstants.DEFAULT_BLKSIZE, TarConstants.DEFAULT_RCDSIZE, "UTF-8", true);
        }
        int count = read(skipped);
        while (count >= 0) {
            count = read(skipped);
        }
        allowance.rest = MAX_DESCRIPTION;
        try {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null && entry.getLinkFlag() == LABEL) {
                entry = tar.getNextEntry();
            }
            if (entry != null
                    && Math.max(entry.getName().length(), entry.getLinkName().length()) > LONGEST_PATH) {
                throw new IOException("an entry's name has more than " + LONGEST_PATH + " characters");
            }
            return entry;
        } catch (IllegalArgumentException e) {
            throw new IOException("an entry makes no sense", e);
        }
    }

    /** Reads some of the entry's content; -1 at its end. */
    public int read(byte[] buffer) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        allowance.rest = buffer.length;
        int count = tar.getCurrentEntry() == null ? -1 : tar.read(buffer);
        count(count);
        return count;
    }

    /** The holes of a sparse file are contents that nothing was read for. */
    private void count(int more) throws IOException {
        contents += Math.max(0, more);
        if (Math.max(contents, allowance.total) > limit) {
            throw new IOException("it unpacks to more than " + limit / MEBI + " MiB");
        }
    }

    /** Reads the beginning of the entry's content. */
    byte[] read(int bytes) throws IOException {
        allowance.rest = bytes;
        byte[] content = tar.readNBytes(bytes);
        count(content.length);
        return content;
    }

    /** Whether the stream that holds the archive failed, as opposed to what was in it. */
    boolean isSourceBroken() {
        return source.failed;
    }

    @Override
    public void close() throws IOException {
        source.close();
        if (tar != null) {
            tar.close();
        }
    }

    /** What unpacks, as far as that is allowed. */
    private static final class Allowance extends WatchedStream {
        private long rest = MAX_DESCRIPTION;
        private long total;

        Allowance(InputStream stream) {
            super(stream);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, (int) Math.min(length, rest + 1));
            total += Math.max(0, count);
            rest -= Math.max(0, count);
            if (rest < 0) {
                throw new IOException("what describes an entry has more than " + MAX_DESCRIPTION / MEBI + " MiB");
            }
            return count;
        }
    }

    /** Remembers that reading failed. */
    private static final class Source extends FilterInputStream {
        private boolean failed;

        Source(InputStream stream) {
            super(stream);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                failed = true;
                throw e;
            }
        }

        /** Java takes it for the end of all members of a gzip file if nothing is available, as is usual on a network. */
        @Override
        public int available() {
            return 1;
        }
    }
}
