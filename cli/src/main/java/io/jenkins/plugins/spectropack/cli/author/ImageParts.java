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
     * The registries that a chart's global values name.
     *
     * @param ofAll in the place of what an image says, as {@code global.imageRegistry} is by convention; may be empty
     * @param ofOthers for images that say none, as {@code global.image.registry} is; may be empty
     */
    record Registries(String ofAll, String ofOthers) {

        static final Registries NONE = new Registries("", "");

        /** Those of a chart with these global values, which has these registries from the chart around it. */
        Registries under(Map<String, Object> global) {
            return new Registries(
                    first(text(global, "imageRegistry"), ofAll),
                    first(text(YamlData.map(global.get(IMAGE)), REGISTRY), ofOthers));
        }
    }

    /**
     * What a map of values says of an image.
     *
     * @param isImage whether the map's own key says that it is one
     * @param registries what stands for the image's own registry
     */
    static Optional<ImageParts> of(Map<String, Object> values, boolean isImage, Registries registries) {
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
        boolean takesGlobal = values.containsKey(REGISTRY) || !image.isEmpty() && !isRepository && !hasHost(path);
        String others = hasHost(path) ? "" : registries.ofOthers();
        String registry = takesGlobal ? first(registries.ofAll(), first(own, others)) : own;
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

    /** Whether the name of an image begins with a registry's host. */
    static boolean hasHost(String name) {
        int slash = name.indexOf('/');
        String host = slash < 0 ? "" : name.substring(0, slash);
        return host.contains(".") || host.contains(":") || host.equals("localhost");
    }

    private static String text(Map<String, Object> values, String key) {
        return YamlData.text(values.get(key));
    }

    private static String first(String text, String other) {
        return text.isEmpty() ? other : text;
    }
}
