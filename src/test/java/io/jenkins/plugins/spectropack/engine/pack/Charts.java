package io.jenkins.plugins.spectropack.engine.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Chart archives for tests. */
final class Charts {

    private static final int GZIP_HEADER = 10;
    private static final int FLAGS = 3;
    private static final int EXTRA = 4;

    private Charts() {}

    /** The archive of a chart, with the extra field in its gzip header that Helm marks its archives with. */
    static byte[] helm(String name) {
        return helmHeader(archive(Map.of(
                name + "/Chart.yaml",
                "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\n",
                name + "/templates/config.yaml",
                "kind: ConfigMap\n")));
    }

    /** A gzip-compressed tar archive. */
    static byte[] archive(Map<String, String> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), "UTF-8")) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The extra field has no subfields, which RFC 1952 asks for and Helm does not care about. */
    private static byte[] helmHeader(byte[] gzip) {
        byte[] extra = "+not/made/of/subfields/as/it/should/be".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(gzip, 0, GZIP_HEADER);
        bytes.write(extra.length);
        bytes.write(0);
        bytes.writeBytes(extra);
        bytes.write(gzip, GZIP_HEADER, gzip.length - GZIP_HEADER);
        byte[] result = bytes.toByteArray();
        result[FLAGS] |= EXTRA;
        return result;
    }
}
