package io.jenkins.plugins.spectropack.engine.util;

/**
 * The part of repositories' names that Palette expects below every base: {@code BASE/spectro-packs/archive/NAME}. Source:
 * Spectro Cloud's "Add a Pack to an ECR Registry" and "Add a Pack to a Basic OCI Registry".
 */
public final class PackNamespace {

    /** The namespace, without slashes around it. */
    public static final String PATH = "spectro-packs/archive";

    private PackNamespace() {}

    /** A base with the namespace below it, once, even if it was typed already. */
    public static String below(String base) {
        return endsWithNamespace(base) ? base : base + "/" + PATH;
    }

    /** The base of a path, whether or not it ends with the namespace; without slashes around it. */
    public static String baseOf(String path) {
        String base = withoutSlashes(path);
        return endsWithNamespace(base) ? withoutSlashes(base.substring(0, base.length() - PATH.length())) : base;
    }

    private static boolean endsWithNamespace(String path) {
        return path.equals(PATH) || path.endsWith("/" + PATH);
    }

    /** A path without the slashes and blanks around it. Takes time that grows with the text's length only. */
    public static String withoutSlashes(String path) {
        String text = withoutTrailingSlashes(path);
        int start = 0;
        while (start < text.length() && text.charAt(start) == '/') {
            start++;
        }
        return text.substring(start);
    }

    /** The same, but with the slashes at the beginning. */
    public static String withoutTrailingSlashes(String path) {
        String text = path.strip();
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }
}
