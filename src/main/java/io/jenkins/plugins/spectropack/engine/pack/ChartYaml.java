package io.jenkins.plugins.spectropack.engine.pack;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What Helm's loader reads of one chart besides its templates, and what it refuses in it (chart.Metadata.Validate). */
final class ChartYaml {

    static final String FILE = "Chart.yaml";

    /** The files that are read as YAML. */
    static final Set<String> READ = Set.of(FILE, "values.yaml", "requirements.yaml", "Chart.lock", "requirements.lock");

    private static final int LONGEST = 256;

    // As Masterminds/semver's NewVersion, which fills up what is missing.
    private static final Pattern VERSION = Pattern.compile(
            "v?[0-9]+(\\.[0-9]+)?(\\.[0-9]+)?(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");
    private static final Pattern ALIAS = Pattern.compile("[a-zA-Z0-9_-]+");

    private boolean there;
    private String name = "";
    private String apiVersion = "";
    private String problem;

    /** Takes a file of the chart. */
    void add(String file, byte[] bytes) {
        if (GitLfs.isPointer(bytes)) {
            problem = "its " + file + " is a Git LFS pointer";
            return;
        }
        boolean isChartYaml = file.equals(FILE);
        there |= isChartYaml;
        if (!YamlText.isReadable(bytes)) {
            return;
        }
        try {
            List<YamlNode> documents = YamlOutline.of(bytes).documents();
            for (YamlNode document : documents) {
                if (document.kind() != YamlNode.Kind.MAPPING && document.kind() != YamlNode.Kind.ALIAS) {
                    problem = "its " + file + " holds " + document.kind().words() + " instead of keys and values";
                }
            }
            if (isChartYaml && problem == null) {
                chart(documents.isEmpty() ? Optional.empty() : Optional.of(documents.get(0)));
            }
        } catch (YamlProblem e) {
            String reason = e.getMessage().replace("The file is not YAML", "it is not YAML");
            problem = "its " + file + " cannot be read: "
                    + (reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason);
        }
    }

    /** Why Helm refuses the chart, as the end of a sentence. */
    Optional<String> problem() {
        return problem == null && !there ? Optional.of("there is no Chart.yaml") : Optional.ofNullable(problem);
    }

    String name() {
        return name;
    }

    String apiVersion() {
        return apiVersion;
    }

    private void chart(Optional<YamlNode> root) {
        if (root.isEmpty()) {
            problem = "its Chart.yaml is empty";
            return;
        }
        YamlNode chart = root.get();
        name = text(chart, "name");
        apiVersion = text(chart, "apiVersion");
        String version = text(chart, "version");
        String type = text(chart, "type");
        if (problem != null || chart.mayHaveMoreKeys()) {
            return;
        }
        if (name.isEmpty()) {
            problem = "its Chart.yaml has no 'name'";
        } else if (name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            problem = "the 'name' in its Chart.yaml is a path: '" + name + "'";
        } else if (version.isEmpty()) {
            problem = "its Chart.yaml has no 'version'";
        } else if (version.length() > LONGEST || !VERSION.matcher(version).matches()) {
            problem = "the 'version' in its Chart.yaml is not semantic: '" + version + "'";
        } else if (!type.isEmpty() && !type.equals("application") && !type.equals("library")) {
            problem = "the 'type' in its Chart.yaml is neither 'application' nor 'library': '" + type + "'";
        } else {
            dependencies(chart);
        }
    }

    private String text(YamlNode chart, String key) {
        Optional<YamlNode> value = chart.get(key);
        if (value.isPresent() && isCollection(value.get())) {
            problem = "the '" + key + "' in its Chart.yaml is "
                    + value.get().kind().words();
        }
        return value.filter(node -> node.kind() == YamlNode.Kind.SCALAR || node.kind() == YamlNode.Kind.ALIAS)
                .map(node -> node.kind() == YamlNode.Kind.ALIAS ? "1" : node.text())
                .orElse("");
    }

    private static boolean isCollection(YamlNode node) {
        return node.kind() == YamlNode.Kind.MAPPING || node.kind() == YamlNode.Kind.SEQUENCE;
    }

    private void dependencies(YamlNode chart) {
        Set<String> names = new HashSet<>();
        for (YamlNode dependency :
                chart.get("dependencies").map(YamlNode::elements).orElse(List.of())) {
            String alias = dependency.text("alias");
            String key = alias.isEmpty() ? dependency.text("name") : alias;
            if (dependency.kind() == YamlNode.Kind.NOTHING) {
                problem = "a dependency in its Chart.yaml is empty";
            } else if (alias.length() > LONGEST
                    || !alias.isEmpty() && !ALIAS.matcher(alias).matches()) {
                problem =
                        "the alias '" + alias + "' of a dependency in its Chart.yaml has other characters than letters,"
                                + " digits, '-' and '_'";
            } else if (!key.isEmpty() && !names.add(key)) {
                problem = "two dependencies in its Chart.yaml are called '" + key + "'";
            }
        }
    }
}
