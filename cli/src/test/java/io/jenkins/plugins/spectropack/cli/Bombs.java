package io.jenkins.plugins.spectropack.cli;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Small archives that unpack to more than a process may have. Written by hand, since no tar writes such things. */
final class Bombs {

    private static final int RECORD = 512;
    private static final int CHECKSUM = 148;
    private static final byte[] MEGABYTE = new byte[1 << 20];

    static {
        Arrays.fill(MEGABYTE, (byte) 'a');
    }

    private Bombs() {}

    /** What is written into the tar. */
    private interface Content {
        void writeTo(OutputStream tar) throws IOException;
    }

    private static byte[] archive(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream tar = new BufferedOutputStream(new GZIPOutputStream(bytes))) {
            content.writeTo(tar);
            tar.write(new byte[2 * RECORD]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A GNU long name, or link name, of so many megabytes. */
    static byte[] gnuLongName(char type, int megabytes) {
        return archive(tar -> {
            tar.write(header("././@LongLink", type, (long) megabytes << 20));
            repeat(tar, megabytes);
            tar.write(header("chart/Chart.yaml", '0', 0));
        });
    }

    /** A file with this name, however long. */
    static byte[] gnuLongName(String name) {
        return archive(tar -> {
            byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
            tar.write(header("././@LongLink", 'L', bytes.length));
            tar.write(Arrays.copyOf(bytes, (bytes.length / RECORD + 1) * RECORD));
            tar.write(header("chart/Chart.yaml", '0', 0));
        });
    }

    /** An extended header with a path of so many megabytes. */
    static byte[] paxPath(char type, int megabytes) {
        return archive(tar -> {
            long size = (long) megabytes << 20;
            byte[] key = (size + " path=").getBytes(StandardCharsets.US_ASCII);
            tar.write(header("pax", type, size));
            tar.write(key);
            tar.write(MEGABYTE, 0, MEGABYTE.length - key.length);
            repeat(tar, megabytes - 1);
            tar.write(header("chart/Chart.yaml", '0', 0));
        });
    }

    /** Nothing but headers that describe the next entry. */
    static byte[] describedForEver(int count) {
        return archive(tar -> {
            for (int i = 0; i < count; i++) {
                tar.write(header("././@LongLink", 'L', 1));
                tar.write(Arrays.copyOf(MEGABYTE, RECORD));
            }
            tar.write(header("chart/Chart.yaml", '0', 0));
        });
    }

    private static void repeat(OutputStream tar, int megabytes) throws IOException {
        for (int i = 0; i < megabytes; i++) {
            tar.write(MEGABYTE);
        }
    }

    /** Source: GNU tar's manual, "Basic Tar Format". */
    private static byte[] header(String name, char type, long size) {
        byte[] header = new byte[RECORD];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, String.format("%011o", size));
        put(header, 136, "00000000000");
        header[156] = (byte) type;
        put(header, 257, "ustar  ");
        put(header, CHECKSUM, "        ");
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xff;
        }
        put(header, CHECKSUM, String.format("%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }
}
