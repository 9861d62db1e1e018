package io.jenkins.plugins.spectropack.cli.author;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parts of an image that a chart's values name one by one. Most charts have {@code registry}, {@code repository} and {@code tag} or
 * {@code digest}; some have the last part of the name as {@code image} or {@code name}, and all before it, if anything, in the others.
 *
 * @param registry the host and, in some charts, a folder; may be empty
 * @param path the rest of the name
 * @param tag may be empty
 * @param digest may be empty
 * @param takesImage whether the text under {@code image} is a part of it
 * @param isOnlyNamed whether nothing says where it comes from, but templates must
 */
record ImageParts(String registry, String path, String tag, String digest, boolean takesImage, boolean isOnlyNamed) {

    /** The key of a text that is a whole image, unless its parts stand beside it. */
    static final String IMAGE = "image";

    private static final String REGISTRY = "registry";

    /**
     * What a map of values says of an image.
     *
     * @param isImage whether the map's own key says that it is one
     * @param registryOfAll the registry that the chart's values name for all images; may be empty
     */
    static Optional<ImageParts> of(Map<String, Object> values, boolean isImage, String registryOfAll) {
        String own = text(values, REGISTRY);
        String repository = Stream.of(text(values, "repository"), isImage ? text(values, "repo") : "")
                .filter(text -> !text.contains("://"))
                .reduce("", ImageParts::first);
        boolean isTold = values.containsKey("tag") || values.containsKey("digest");
        boolean hasParts = isTold || values.containsKey("imageTag") || !own.isEmpty() || !repository.isEmpty();
        String image = hasParts && !isWhole(text(values, IMAGE), repository) ? text(values, IMAGE) : "";
        String last = first(image, isImage ? text(values, "name") : "");
        boolean isRepository = !repository.isEmpty() && (isImage || isTold || !image.isEmpty());
        if (!isRepository && last.isEmpty()) {
            return Optional.empty();
        }
        boolean isJoined = isRepository && !last.isEmpty() && !last.contains("/");
        String path = isJoined ? repository + "/" + last : isRepository ? repository : last;
        boolean lacksHost = !image.isEmpty() && own.isEmpty() && !isRepository && !hasHost(path);
        String registry = values.containsKey(REGISTRY) || lacksHost ? first(registryOfAll, own) : own;
        return Optional.of(new ImageParts(
                registry,
                path,
                first(first(text(values, "tag"), text(values, "imageTag")), isJoined ? text(values, "version") : ""),
                text(values, "digest"),
                !image.isEmpty(),
                image.isEmpty() && !isRepository && registry.isEmpty() && !path.contains("/")));
    }

    /** Whether a text is a whole image already, and what stands beside it belongs to something else. */
    private static boolean isWhole(String image, String repository) {
        return image.contains(":") || image.contains("/") && !repository.isEmpty();
    }

    /** Whether nothing tells which version it is. */
    boolean isOpen() {
        return tag.isEmpty() && digest.isEmpty();
    }

    /** The whole reference, with this tag if none is told; empty for none. */
    String reference(String tagIfOpen) {
        String name = registry.isEmpty() ? path : registry + "/" + path;
        if (!digest.isEmpty()) {
            return name + "@" + digest;
        }
        String version = first(tag, tagIfOpen);
        boolean isTagged = path.substring(path.lastIndexOf('/') + 1).contains(":");
        return version.isEmpty() || isTagged ? name : name + ":" + version;
    }

    private static boolean hasHost(String path) {
        int slash = path.indexOf('/');
        String host = slash < 0 ? "" : path.substring(0, slash);
        return host.contains(".") || host.contains(":") || host.equals("localhost");
    }

    private static String text(Map<String, Object> values, String key) {
        return YamlData.text(values.get(key));
    }

    private static String first(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
