package io.jenkins.plugins.spectropack.engine.util;

import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of what is written beside its place first, and takes it in one step when it is whole. Hidden, and nobody else's. Runs
 * anywhere.
 */
public final class PartFile {

    private static final Pattern NAME = Pattern.compile("\\.([^/\\\\]+)\\.[0-9a-f-]{36}\\.part$");

    private PartFile() {}

    /** Another one each time. */
    public static Path beside(Path place) {
        return place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".part");
    }

    /** The place that whoever wants it knows, of a path that may be that of a part. */
    static String place(String path) {
        return NAME.matcher(path).replaceFirst("$1");
    }
}
