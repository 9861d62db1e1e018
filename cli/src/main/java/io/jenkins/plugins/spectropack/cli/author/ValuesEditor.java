package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds the lines in a pack's {@code values.yaml} that a new version of a chart changes. Only whole scalars on one line are ever
 * replaced; what stands otherwise is told as a remark.
 */
final class ValuesEditor {

    static final String FILE = "values.yaml";

    private static final String DOCKER_HUB = "docker.io/";

    private final YamlText yaml;
    private final List<TextEdit> edits = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    ValuesEditor(YamlText yaml) {
        this.yaml = yaml;
    }

    List<TextEdit> edits() {
        return edits;
    }

    List<String> remarks() {
        return remarks;
    }

    String text() {
        return yaml.text();
    }

    /** What the pack sets of a chart's values. */
    Map<String, Object> valuesOf(String chart) throws PackException {
        Optional<Node> node = yaml.at("charts", chart);
        return node.isEmpty() ? Map.of() : YamlData.map(YamlData.of(FILE, node.get()));
    }

    /** Says the new version where the pack lists its charts for Palette to copy. */
    void chartVersion(Chart chart) {
        for (Node element : elements("charts")) {
            Optional<String> name = scalar(element, "name").map(ScalarNode::getValue);
            Optional<ScalarNode> version = scalar(element, "version");
            if (name.equals(Optional.of(chart.name()))
                    && version.isPresent()
                    && !version.get().getValue().equals(chart.version())) {
                replace(version.get(), chart.version(), "pack.content.charts names another version of " + chart.name());
            }
        }
    }

    /**
     * Gives values that are the old chart's defaults the new ones, written as the new chart writes them.
     *
     * @return the values that the pack sets afterwards
     */
    Map<String, Object> takeDefaults(Chart chart, List<DefaultChange> changes) throws PackException {
        Map<String, Object> values = valuesOf(chart.name());
        YamlText defaults = YamlText.of(chart.source(), chart.files().getOrDefault(Chart.VALUES_YAML, new byte[0]));
        for (DefaultChange change : changes) {
            if (!change.isOwnedByDefault(values)) {
                continue;
            }
            Optional<int[]> old = yaml.at("charts", chart.name())
                    .flatMap(node -> at(node, change))
                    .flatMap(yaml::place);
            Optional<int[]> fresh =
                    defaults.at().flatMap(node -> at(node, change)).flatMap(defaults::place);
            if (old.isPresent() && fresh.isPresent()) {
                String written = defaults.text().substring(fresh.get()[0], fresh.get()[1]);
                edits.add(new TextEdit(old.get()[0], old.get()[1], written));
                values = YamlData.over(values, change.asValues());
            } else {
                remarks.add("values.yaml: charts." + chart.name() + "." + change.name()
                        + " is the old default, and is not written on one line. Change it by hand.");
            }
        }
        return values;
    }

    private static Optional<ScalarNode> at(Node values, DefaultChange change) {
        Optional<Node> node = Optional.of(values);
        for (String key : change.path()) {
            node = node.flatMap(parent -> YamlText.entry(parent, key)).map(NodeTuple::getValueNode);
        }
        return node.filter(ScalarNode.class::isInstance).map(ScalarNode.class::cast);
    }

    /** Brings the list of images from what the old charts run to what the new ones run. */
    void images(Set<String> before, Set<String> after) {
        Set<String> added = new LinkedHashSet<>(after);
        added.removeAll(before);
        List<Node> elements = elements("images");
        ScalarNode last = null;
        for (Node element : elements) {
            Optional<ScalarNode> image = scalar(element, "image");
            if (image.isEmpty()) {
                continue;
            }
            last = image.get();
            String listed = image.get().getValue();
            added.removeIf(other -> isSame(listed, other));
            Optional<String> known =
                    before.stream().filter(other -> isSame(listed, other)).findFirst();
            if (known.isPresent() && after.stream().noneMatch(other -> isSame(listed, other))) {
                Optional<String> successor = added.stream()
                        .filter(other -> inFull(repository(other)).equals(inFull(repository(listed))))
                        .findFirst();
                if (successor.isPresent()) {
                    added.remove(successor.get());
                    String next = repository(listed)
                            + successor
                                    .get()
                                    .substring(repository(successor.get()).length());
                    replace(
                            image.get(),
                            inFull(listed).equals(inFull(known.get())) ? next : withOtherPrefix(next),
                            "pack.content.images lists " + listed);
                } else {
                    remarks.add(at(image.get()) + "pack.content.images lists " + listed
                            + ", which the chart names no more. Remove it unless something else runs it.");
                }
            }
        }
        for (String image : added) {
            if (last == null || !insertBelow(last, image)) {
                remarks.add("values.yaml: the chart names the image " + image
                        + ". Add it to pack.content.images if Palette shall copy it.");
            }
        }
    }

    /**
     * Whether a listed image is one that the charts name. Templates often put a {@code v} before the version of the chart's app, or
     * take it away, which an author has seen and the values do not tell; and authors write Docker Hub, which charts leave out.
     */
    private static boolean isSame(String listed, String named) {
        String image = inFull(listed);
        return image.equals(inFull(named)) || withOtherPrefix(image).equals(inFull(named));
    }

    /** With the registry that is meant where none is said. */
    private static String inFull(String image) {
        if (ImageParts.hasHost(image)) {
            return image;
        }
        return DOCKER_HUB + (image.contains("/") ? "" : "library/") + image;
    }

    /** An image with a {@code v} before its tag if there is none, and without it if there is one. */
    private static String withOtherPrefix(String image) {
        int tag = repository(image).length() + 1;
        if (image.contains("@") || tag >= image.length()) {
            return image;
        }
        String version = image.substring(tag);
        return image.substring(0, tag) + (version.startsWith("v") ? version.substring(1) : "v" + version);
    }

    private static String repository(String image) {
        String name = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(0, colon) : name;
    }

    private List<Node> elements(String key) {
        return yaml.at("pack", "content", key).orElse(null) instanceof SequenceNode sequence
                ? sequence.getValue()
                : List.of();
    }

    private static Optional<ScalarNode> scalar(Node mapping, String key) {
        return YamlText.entry(mapping, key)
                .map(NodeTuple::getValueNode)
                .filter(ScalarNode.class::isInstance)
                .map(ScalarNode.class::cast);
    }

    /** The beginning of a remark about one line. */
    private static String at(ScalarNode scalar) {
        return FILE
                + scalar.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("") + ": ";
    }

    private boolean replace(ScalarNode scalar, String value, String why) {
        Optional<TextEdit> edit =
                yaml.place(scalar).map(place -> new TextEdit(place[0], place[1], written(scalar, value)));
        edit.ifPresentOrElse(
                edits::add, () -> remarks.add(at(scalar) + why + ". Say " + value + " there, which was not done."));
        return edit.isPresent();
    }

    /** In the quotes that are there, or in some if the new text needs them. */
    private static String written(ScalarNode scalar, String value) {
        ScalarStyle style = scalar.getScalarStyle();
        if (style == ScalarStyle.SINGLE_QUOTED) {
            return "'" + value.replace("'", "''") + "'";
        }
        if (style == ScalarStyle.DOUBLE_QUOTED) {
            return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
        return ValuesWriter.quoted(value);
    }

    /** Another element like the last one; not where several stand in one line. */
    private boolean insertBelow(ScalarNode last, String image) {
        Optional<int[]> place = yaml.place(last);
        if (place.isEmpty()) {
            return false;
        }
        String text = yaml.text();
        int start = text.lastIndexOf('\n', place.get()[0]) + 1;
        String before = text.substring(start, place.get()[0]);
        if (!before.strip().equals("- image:")) {
            return false;
        }
        int newline = text.indexOf('\n', place.get()[1]);
        int end = newline < 0 ? text.length() : newline;
        boolean carriage = end > 0 && text.charAt(end - 1) == '\r';
        edits.add(new TextEdit(
                carriage ? end - 1 : end,
                carriage ? end - 1 : end,
                (carriage ? "\r\n" : "\n") + before + written(last, image)));
        return true;
    }
}
