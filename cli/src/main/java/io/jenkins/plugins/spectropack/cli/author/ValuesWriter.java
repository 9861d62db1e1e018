package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.PackException;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Writes a pack's {@code values.yaml}: what Palette itself reads, and below it each chart's own values, with the comments and the
 * order that the chart's author gave them.
 */
final class ValuesWriter {

    private static final String INDENT = "    ";

    /** What every YAML parser takes as a text without quotes, unless it is one of the words below. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,300}");

    private static final Pattern WORD = Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null");

    private static final Pattern VERSION = Pattern.compile("v?[0-9]{1,9}\\.[0-9]{1,9}\\.[0-9A-Za-z.-]{1,100}");

    private static final int LONGEST_IMAGE = 600;

    private ValuesWriter() {}

    /** The text of a new file. */
    static String write(String namespace, Collection<String> images, List<Chart> charts, List<Manifest> manifests)
            throws PackException {
        StringBuilder text = new StringBuilder();
        text.append(
                "pack:\n  # Where charts and manifests are installed. Palette makes the namespace if it is missing.\n");
        text.append("  namespace: ").append(quoted(namespace)).append('\n');
        if (!images.isEmpty() || !charts.isEmpty()) {
            text.append("  # What Palette copies for clusters that reach no registry but their own.\n  content:\n");
        }
        if (!images.isEmpty()) {
            text.append("    images:\n");
            images.forEach(image ->
                    text.append("      - image: ").append(quoted(image)).append('\n'));
        }
        if (!charts.isEmpty()) {
            text.append("    charts:\n");
            for (Chart chart : charts) {
                text.append("      - name: ").append(quoted(chart.name())).append('\n');
                text.append("        version: ").append(quoted(chart.version())).append('\n');
            }
            text.append("\ncharts:\n");
            for (Chart chart : charts) {
                text.append(chart(chart));
            }
        }
        List<Manifest> templates =
                manifests.stream().filter(Manifest::isTemplate).toList();
        if (!templates.isEmpty()) {
            text.append("\nmanifests:\n");
            templates.forEach(
                    manifest -> text.append("  ").append(quoted(manifest.key())).append(": {}\n"));
        }
        return requireSame(text.toString(), charts);
    }

    /** Whether a text holds a chart's values with the meaning that they have in the chart. */
    private static boolean means(String text, Chart chart) throws PackException {
        return meaning(YamlText.events(Chart.VALUES_YAML, text))
                .contains(meaning(YamlText.events(file(chart), own(chart))));
    }

    /** Makes sure that every chart's values mean what they mean in the chart. */
    private static String requireSame(String text, List<Chart> charts) throws PackException {
        for (Chart chart : charts) {
            if (!chart.values().isEmpty() && !means(text, chart)) {
                throw new PackException(
                        file(chart),
                        "The chart's values mean something else if they are indented as they are written. Write them in"
                                + " block style, without blank lines that count at the end.");
            }
        }
        return text;
    }

    private static String file(Chart chart) {
        return chart.source() + "!" + Chart.VALUES_YAML;
    }

    /** The text of a chart's default values. */
    private static String own(Chart chart) throws PackException {
        byte[] defaults = chart.files().get(Chart.VALUES_YAML);
        return defaults == null ? "" : YamlText.decode(file(chart), defaults).replace("\r\n", "\n");
    }

    /** A text as YAML, in quotes where it could be taken for something else. */
    static String quoted(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !WORD.matcher(text).matches();
        // A colon that no space follows does not end a key.
        boolean image = text.length() < LONGEST_IMAGE
                && !text.isEmpty()
                && Character.isLetter(text.charAt(0))
                && (text.indexOf('/') > 0 || text.indexOf(':') > 0)
                && text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._/:@-".indexOf(c) >= 0))
                && !text.endsWith(":");
        boolean version = VERSION.matcher(text).matches();
        return plain || image || version ? text : "'" + text.replace("'", "''") + "'";
    }

    private static String chart(Chart chart) throws PackException {
        String key = "  " + quoted(chart.name()) + ":";
        String own = own(chart);
        String body = body(own, YamlText.events(file(chart), own));
        if (chart.values().isEmpty()) {
            boolean empty =
                    body.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
            return key + " {}\n" + (empty ? indented(body.stripTrailing()) : "");
        }
        String trimmed = key + "\n" + indented(body.stripTrailing());
        // Blank lines at the end are left out, unless they belong to a text that keeps them.
        return means(trimmed, chart) ? trimmed : key + "\n" + indented(body);
    }

    /** The text of the first document, without what separates documents. */
    private static String body(String text, List<Event> events) {
        String head = "";
        int start = 0;
        int end = text.length();
        for (Event event : events) {
            if (event instanceof DocumentStartEvent document && document.isExplicit()) {
                head = text.substring(0, index(text, document.getStartMark().orElseThrow()))
                        .lines()
                        .filter(line -> !line.startsWith("%"))
                        .map(line -> line + "\n")
                        .collect(Collectors.joining());
                start = index(text, document.getEndMark().orElseThrow());
                while (start < text.length() && " \t".indexOf(text.charAt(start)) >= 0) {
                    start++;
                }
                if (start < text.length() && text.charAt(start) == '\n') {
                    start++;
                }
            } else if (event instanceof DocumentEndEvent document) {
                end = Math.max(start, index(text, document.getStartMark().orElseThrow()));
                break;
            }
        }
        return head + text.substring(start, end);
    }

    private static int index(String text, Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    private static String indented(String body) {
        return body.lines()
                .map(line -> line.isEmpty() ? "\n" : INDENT + line + "\n")
                .collect(Collectors.joining());
    }

    /** What events say, without the document that they stand in. */
    private static String meaning(List<Event> events) {
        StringBuilder text = new StringBuilder();
        for (Event event : events) {
            switch (event.getEventId()) {
                case StreamStart, StreamEnd, DocumentStart -> {
                    // These are the file's, not the values'.
                }
                case DocumentEnd -> {
                    return text.toString();
                }
                default -> text.append(event).append('\n');
            }
        }
        return text.toString();
    }
}
