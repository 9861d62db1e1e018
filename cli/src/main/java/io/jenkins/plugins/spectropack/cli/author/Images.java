package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The container images that a pack may run, as far as plain manifests and charts' values name them. What only a template knows
 * is not found. Charts write an image as one text under a key that ends in {@code image}, or below one that ends in
 * {@code images}, or as a map of its parts, which {@link ImageParts} knows; without a tag the chart's {@code appVersion} is meant by
 * convention.
 */
final class Images {

    /** Why an image that was found may be another one. */
    enum Doubt {
        /** The tag is the chart's {@code appVersion}; a template may write it otherwise. */
        TAG_OF_APP,
        /** There is no tag, or {@code latest}, so which one it is depends on the day. */
        NO_TAG,
        /** There is no registry and no folder: one of Docker Hub's own, or one that a template completes. */
        NO_REGISTRY
    }

    /** Source: the grammar of references in the distribution project, as far as it tells an image from other text. */
    private static final Pattern IMAGE = Pattern.compile("(?:[A-Za-z0-9.-]+(?::[0-9]+)?/)?[a-z0-9][a-z0-9._/-]*"
            + "(?::[A-Za-z0-9_][A-Za-z0-9._-]{0,127})?(?:@sha256:[0-9a-f]{64})?");

    /** A size or a count under a key that ends in {@code image}. */
    private static final Pattern NUMBER = Pattern.compile("[0-9.]+");

    private static final int LONGEST = 512;
    private static final Set<String> NO_IMAGES = Set.of("true", "false", "null");

    private static final Set<String> DATA_OF_OBJECTS = Set.of("ConfigMap", "Secret", "CustomResourceDefinition");

    private final Set<String> found = new LinkedHashSet<>();
    private final Set<String> partial = new LinkedHashSet<>();
    private final Set<String> tagOfApp = new HashSet<>();

    private Images() {}

    /** The images of a chart and of the charts in it, with other values over its own. */
    static Images of(Chart chart, Map<String, Object> over) throws PackException {
        Images images = new Images();
        images.chart(chart, YamlData.over(chart.values(), over), ImageParts.Registries.NONE);
        return images;
    }

    /** The images of a manifest's documents. */
    static Images of(List<Object> documents) {
        Images images = new Images();
        documents.forEach(images::object);
        return images;
    }

    /** References, in the order in which they were found. */
    Set<String> found() {
        return found;
    }

    /** Names of images of which the values do not say where they come from. */
    Set<String> partial() {
        return partial;
    }

    /** Why one that was found may be another; empty if nothing speaks for that. */
    Optional<Doubt> doubt(String image) {
        String last = image.substring(image.lastIndexOf('/') + 1);
        if (!image.contains("/") && !image.contains("@")) {
            return Optional.of(Doubt.NO_REGISTRY);
        }
        if (!last.contains(":") && !last.contains("@") || last.endsWith(":latest")) {
            return Optional.of(Doubt.NO_TAG);
        }
        return tagOfApp.contains(image) ? Optional.of(Doubt.TAG_OF_APP) : Optional.empty();
    }

    private void chart(Chart chart, Map<String, Object> values, ImageParts.Registries ofParent) throws PackException {
        ImageParts.Registries registries = ofParent.under(YamlData.map(values.get("global")));
        values(values, "", false, new Defaults(registries, chart.text("appVersion")));
        List<Chart.Dependency> dependencies = chart.dependencies();
        for (Chart inner : chart.inner().values()) {
            List<String> keys = dependencies.stream()
                    .filter(dependency -> dependency.name().equals(inner.name()))
                    .map(Chart.Dependency::key)
                    .toList();
            for (String key : keys.isEmpty() ? List.of(inner.name()) : keys) {
                chart(inner, YamlData.over(inner.values(), YamlData.map(values.get(key))), registries);
            }
        }
    }

    /** What stands for what an image in values leaves open. */
    private record Defaults(ImageParts.Registries registries, String tag) {}

    private void values(Object value, String key, boolean amongImages, Defaults defaults) {
        boolean isImage = amongImages || key.toLowerCase(Locale.ROOT).endsWith("image");
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> values = YamlData.map(map);
            Optional<ImageParts> parts = ImageParts.of(values, isImage, defaults.registries());
            parts.ifPresent(image -> add(image, defaults.tag()));
            boolean areImages = key.toLowerCase(Locale.ROOT).endsWith("images");
            values.forEach((name, inner) -> {
                if (!name.equals(ImageParts.IMAGE)
                        || !parts.map(ImageParts::takesImage).orElse(false)) {
                    values(inner, name, areImages, defaults);
                }
            });
        } else if (value instanceof List<?> list) {
            boolean areImages = key.toLowerCase(Locale.ROOT).endsWith("images");
            list.forEach(element -> values(element, key, areImages, defaults));
        } else if (value instanceof String text && isImage && (!amongImages || text.contains("/"))) {
            add(text);
        }
    }

    private void add(ImageParts parts, String tagOfChart) {
        String image = parts.reference(tagOfChart);
        if (parts.isOnlyNamed()) {
            if (isImage(parts.path())) {
                partial.add(parts.path());
            }
            return;
        }
        if (parts.isOpen() && !image.equals(parts.reference(""))) {
            tagOfApp.add(image);
        }
        add(image);
    }

    private void object(Object document) {
        Map<String, Object> object = YamlData.map(document);
        if (object.get("items") instanceof List<?> items
                && YamlData.text(object.get("kind")).endsWith("List")) {
            items.forEach(this::object);
        } else if (!DATA_OF_OBJECTS.contains(YamlData.text(object.get("kind")))) {
            fields(document);
        }
    }

    private void fields(Object value) {
        if (value instanceof Map<?, ?> map) {
            YamlData.map(map).forEach((key, inner) -> {
                if (key.equals("image") && inner instanceof String text) {
                    add(text);
                } else if (key.equals("image") && YamlData.map(inner).get("reference") instanceof String text) {
                    // A volume that is an image. Source: the API reference of Kubernetes, ImageVolumeSource.
                    add(text);
                } else {
                    fields(inner);
                }
            });
        } else if (value instanceof List<?> list) {
            list.forEach(this::fields);
        }
    }

    private void add(String image) {
        String text = image.strip();
        if (isImage(text)) {
            found.add(text);
        }
    }

    private static boolean isImage(String text) {
        return text.length() <= LONGEST
                && !NO_IMAGES.contains(text)
                && !NUMBER.matcher(text).matches()
                && IMAGE.matcher(text).matches();
    }
}
