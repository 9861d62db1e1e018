package io.jenkins.plugins.spectropack.engine.publish;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Results as short texts by name, for records that are kept for years and must stay small: what follows from other values is
 * left out, and so is what is not there. A record may have been written by another version, so nothing that is read is checked;
 * it was checked before it was kept.
 */
public final class KeptValues {

    private KeptValues() {}

    /** What makes a pack again. */
    public static Map<String, String> of(PublishedPack pack) {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "folder", pack.getFolder());
        put(values, "name", pack.getName());
        put(values, "version", pack.getVersion());
        put(values, "status", pack.getStatus());
        put(values, "palette", pack.getPaletteStatus());
        put(values, "host", pack.host());
        put(values, "repository", pack.getRepository());
        put(values, "digest", pack.getDigest());
        put(values, "replaced", pack.getReplacedDigest());
        put(values, "archive", pack.getArchiveDigest());
        put(values, "size", pack.getArchiveSize());
        put(values, "source", pack.getSource());
        put(values, "error", pack.getError());
        return values;
    }

    /**
     * The pack that was kept.
     *
     * @param values gives the text of a name, or null
     */
    public static PublishedPack pack(UnaryOperator<String> values) {
        PublishedPackBuilder builder = new PublishedPackBuilder()
                .folder(values.apply("folder"))
                .pack(values.apply("name"), values.apply("version"))
                .destination(values.apply("host"), values.apply("repository"))
                .digest(values.apply("digest"))
                .replaces(values.apply("replaced"))
                .source(values.apply("source"));
        builder.archiveDigest = values.apply("archive");
        long size = number(values.apply("size"), -1);
        builder.archiveSize = size < 0 ? null : Long.valueOf(size);
        return new PublishedPack(
                builder, String.valueOf(values.apply("status")), values.apply("error"), values.apply("palette"));
    }

    /** What makes a finding again. */
    public static Map<String, String> of(PackFinding finding) {
        Map<String, String> values = new LinkedHashMap<>();
        put(values, "severity", finding.getSeverity());
        put(values, "rule", finding.getRule());
        put(values, "file", finding.getFile());
        put(values, "pointer", finding.getPointer());
        put(values, "line", finding.getLine());
        put(values, "message", finding.getMessage());
        if (finding.getCount() != 1) {
            put(values, "count", finding.getCount());
        }
        return values;
    }

    /**
     * The finding that was kept.
     *
     * @param values gives the text of a name, or null
     */
    public static PackFinding finding(UnaryOperator<String> values) {
        return new PackFinding(values);
    }

    static long number(String text, long otherwise) {
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    private static void put(Map<String, String> values, String name, Object value) {
        if (value != null) {
            values.put(name, value.toString());
        }
    }
}
