package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which files of a chart's folder do not belong to the chart, judged as {@code helm package} judges them. Source: the
 * documentation of Helm's package {@code ignore}: patterns are tried in order and the first that speaks decides; one with
 * {@code !} leaves out all that does not match it; a slash at the end means folders only, one at the beginning the chart's own
 * folder, one in the middle a whole path, and a pattern without any is held against the last part of the path. Two stars are
 * an error. Dot files right below {@code templates} never belong to a chart.
 */
final class HelmIgnore {

    static final String FILE = ".helmignore";

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final String DOT_FILES_OF_TEMPLATES = "templates/.?*";

    private final List<Rule> rules;

    private HelmIgnore(List<Rule> rules) {
        this.rules = rules;
    }

    private record Rule(Glob glob, boolean negated, boolean folders, boolean wholePath) {

        boolean matches(String path) {
            return glob.matches(wholePath ? path : path.substring(path.lastIndexOf('/') + 1));
        }
    }

    /**
     * Reads the rules.
     *
     * @param text what the file holds; empty if there is none
     * @throws PackException if Helm would not take the file
     */
    static HelmIgnore of(String text) throws PackException {
        List<Rule> rules = new ArrayList<>();
        String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        for (String line : content.split("\n", -1)) {
            String pattern = line.strip();
            if (!pattern.isEmpty() && !pattern.startsWith("#")) {
                rules.add(rule(pattern));
            }
        }
        rules.add(rule(DOT_FILES_OF_TEMPLATES));
        return new HelmIgnore(rules);
    }

    private static Rule rule(String pattern) throws PackException {
        if (pattern.contains("**")) {
            throw new PackException(
                    FILE,
                    "The pattern '" + pattern + "' holds '**', which Helm does not take. Write one '*' a folder.");
        }
        boolean negated = pattern.startsWith("!");
        String rest = negated ? pattern.substring(1) : pattern;
        boolean folders = rest.endsWith("/");
        rest = folders ? rest.substring(0, rest.length() - 1) : rest;
        boolean fromTop = rest.startsWith("/");
        rest = fromTop ? rest.substring(1) : rest;
        return new Rule(Glob.of(rest, pattern), negated, folders, fromTop || rest.contains("/"));
    }

    /**
     * Whether something is left out.
     *
     * @param path relative to the chart's folder, with {@code /}
     */
    boolean ignores(String path, boolean isFolder) {
        for (Rule rule : rules) {
            boolean matches = (!rule.folders() || isFolder) && rule.matches(path);
            if (matches != rule.negated()) {
                return true;
            }
        }
        return false;
    }
}
