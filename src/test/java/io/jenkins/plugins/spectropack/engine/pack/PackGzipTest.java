package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackGzipTest {

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private byte[] unpacked() throws IOException {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(written.toByteArray()))) {
            return stream.readAllBytes();
        }
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static byte[] text(int count) {
        byte[] bytes = new byte[count];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65534, 65535, 65536, 131070, 200_000})
    void takesTurnsInCompressingAndStoring(int count) throws IOException {
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        try (PackGzip gzip = new PackGzip(written)) {
            for (int turn = 0; turn < 3; turn++) {
                byte[] text = text(count);
                gzip.write(text);
                gzip.store(true);
                byte[] random = random(count);
                gzip.write(random);
                gzip.store(false);
                expected.writeBytes(text);
                expected.writeBytes(random);
            }
            gzip.write('e');
            expected.write('e');
        }

        assertThat(unpacked()).isEqualTo(expected.toByteArray());
        assertThat(written.size())
                .as("only what is stored takes room")
                .isBetween(3 * count, 3 * count + 3 * count / 500 + 200);
    }

    @Test
    void storesToTheEnd() throws IOException {
        try (PackGzip gzip = new PackGzip(written)) {
            gzip.store(true);
            gzip.write(random(100_000));
        }

        assertThat(unpacked()).isEqualTo(random(100_000));
    }

    @Test
    void closingTwiceWritesOneEnd() throws IOException {
        PackGzip gzip = new PackGzip(written);
        gzip.write(text(10));
        gzip.close();
        int size = written.size();
        gzip.close();

        assertThat(written.size()).isEqualTo(size);
        assertThat(unpacked()).isEqualTo(text(10));
    }

    @Test
    void whatIsTooSmallToTryOrGetsSmallerIsCompressed() {
        try (Compressibility compressibility = new Compressibility()) {
            assertThat(compressibility.isCompressible(random(8191), 8191)).isTrue();
            assertThat(compressibility.isCompressible(random(8192), 8192)).isFalse();
            assertThat(compressibility.isCompressible(text(8192), 8192)).isTrue();
            assertThat(compressibility.isCompressible(random(256 * 1024), 8192)).isFalse();
        }
    }
}
