package io.jenkins.plugins.spectropack.engine.pack;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.common.SpecVersion;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Notes what go-yaml refuses in a file that is YAML 1.2. Found by giving both the same files, which go-yaml 2 (behind
 * sigs.k8s.io/yaml, which Helm and Kubernetes use) did not take.
 */
final class GoYaml {

    private static final int MOST = 20;

    private final String text;
    private final List<Doubt> doubts = new ArrayList<>();
    private final Deque<Boolean> mappings = new ArrayDeque<>();
    private final Deque<Boolean> keys = new ArrayDeque<>();
    private boolean mergeComes;
    private int flows;
    private int checkedTo;

    GoYaml(String text) {
        this.text = points(text);
        unknownDirective();
    }

    /**
     * Something that go-yaml refuses.
     *
     * @param line where it stands, from 1
     * @param message a whole sentence
     */
    record Doubt(int line, String message) {}

    /** What was noted, the first of many. */
    List<Doubt> doubts() {
        return doubts;
    }

    void read(Event event) {
        switch (event.getEventId()) {
            case StreamEnd -> tabs(text.length());
            case DocumentStart -> {
                mappings.clear();
                keys.clear();
                version((DocumentStartEvent) event);
            }
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> {
                AliasEvent alias = (AliasEvent) event;
                name(event, alias.getAlias().getValue(), "alias '*");
                isKey();
                mergeComes = false;
            }
            case MappingStart, SequenceStart -> {
                CollectionStartEvent start = (CollectionStartEvent) event;
                anchor(start);
                boolean mapping = event.getEventId() == Event.ID.MappingStart;
                if (isKey()) {
                    add(event, "A mapping or list as a key");
                }
                mergeComes = false;
                if (start.getFlowStyle() == FlowStyle.FLOW && flows++ == 0) {
                    tabs(index(event.getStartMark()));
                }
                mappings.push(mapping);
                keys.push(mapping);
            }
            case MappingEnd, SequenceEnd -> {
                mappings.pop();
                keys.pop();
                if (flows > 0 && --flows == 0) {
                    checkedTo = index(event.getEndMark());
                }
            }
            default -> {
                // Nothing that they differ in.
            }
        }
    }

    private void scalar(ScalarEvent scalar) {
        anchor(scalar);
        boolean isKey = isKey();
        boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
        if (mergeComes && !isKey) {
            add(scalar, "The key '<<' with a value that is no mapping");
        }
        mergeComes = isKey && plain && scalar.getValue().equals("<<");
        if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED
                || scalar.getScalarStyle() == ScalarStyle.SINGLE_QUOTED) {
            int start = index(scalar.getStartMark());
            int end = index(scalar.getEndMark());
            if (scalar.getScalarStyle() == ScalarStyle.DOUBLE_QUOTED && hasEscapedSlash(start, end)) {
                add(scalar, "The escape '\\/'");
            }
            if (flows == 0) {
                tabs(start);
                checkedTo = end;
            }
        }
    }

    /** Goes on to the next key or value, and says whether this one is a key. */
    private boolean isKey() {
        if (mappings.isEmpty() || !mappings.peek()) {
            return false;
        }
        boolean isKey = keys.pop();
        keys.push(!isKey);
        return isKey;
    }

    private void anchor(NodeEvent event) {
        event.getAnchor().ifPresent(anchor -> name(event, anchor.getValue(), "anchor '&"));
    }

    private void name(Event event, String name, String what) {
        boolean plain = name.chars()
                .allMatch(
                        letter -> letter < 128 && Character.isLetterOrDigit(letter) || letter == '-' || letter == '_');
        if (!plain) {
            add(event, "The " + what + name + "', whose name has other characters than letters, digits, '-' and '_',");
        }
    }

    private void version(DocumentStartEvent event) {
        Optional<SpecVersion> version = event.getSpecVersion();
        if (version.isPresent()
                && (version.get().getMajor() != 1 || version.get().getMinor() != 1)) {
            add(event, "The directive '%YAML' with another version than 1.1");
        }
    }

    private void unknownDirective() {
        int line = 1;
        for (int start = 0; start < text.length(); line++) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            char first = text.charAt(start);
            if (first == '%' && !text.startsWith("%YAML", start) && !text.startsWith("%TAG", start)) {
                add(line, "A directive other than '%YAML' and '%TAG'");
                return;
            }
            if (first != '%' && first != '#' && first != '\r' && first != '\n') {
                return;
            }
            start = end + 1;
        }
    }

    private boolean hasEscapedSlash(int start, int end) {
        for (int i = start; i < end - 1; i++) {
            if (text.charAt(i) == '\\') {
                i++;
                if (text.charAt(i) == '/') {
                    return true;
                }
            }
        }
        return false;
    }

    /** Looks at lines outside of quotes and brackets: none may begin with a tab. */
    private void tabs(int end) {
        for (int i = checkedTo; i < end; i++) {
            if (text.charAt(i) == '\t' && (i == 0 || text.charAt(i - 1) == '\n')) {
                int line = 1
                        + (int) text.substring(0, i)
                                .chars()
                                .filter(letter -> letter == '\n')
                                .count();
                add(line, "A tab at the beginning of a line");
                checkedTo = text.length();
                return;
            }
        }
        checkedTo = Math.max(checkedTo, end);
    }

    private void add(Event event, String what) {
        add(event.getStartMark().map(Mark::getLine).orElse(-1) + 1, what);
    }

    private void add(int line, String what) {
        if (doubts.size() < MOST) {
            doubts.add(doubt(line, what));
        }
    }

    private static Doubt doubt(int line, String what) {
        return new Doubt(
                line,
                what + " (line " + line + ") is YAML, but not to Helm and Kubernetes, which refuse the file. Write it"
                        + " otherwise.");
    }

    /** The parser's marks count code points, of which some take two places in a string: here each takes one. */
    private static String points(String text) {
        if (text.chars().noneMatch(letter -> Character.isSurrogate((char) letter))) {
            return text;
        }
        StringBuilder points = new StringBuilder();
        text.codePoints().forEach(point -> points.append(point > Character.MAX_VALUE ? '\uFFFD' : (char) point));
        return points.toString();
    }

    private int index(Optional<Mark> mark) {
        return mark.map(Mark::getIndex)
                .map(points -> Math.min(points, text.length()))
                .orElse(checkedTo);
    }
}
