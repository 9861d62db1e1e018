package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.util.ForeignText;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What the check of a pack found, as results tell it and builds keep it, see {@link KeptValues}. Text rather than the rule itself,
 * because old builds must load when rules have changed.
 */
public final class PackFinding implements Serializable {

    private static final long serialVersionUID = 1L;

    /** For each text. */
    private static final int LONGEST = 1_000;

    private final String severity;
    private final String rule;
    private final String file;
    private final String pointer;
    private final int line;
    private final String message;
    private final long count;

    /**
     * Keeps what was found.
     *
     * @param path the file, as it is to be named
     */
    public PackFinding(String path, Finding finding) {
        severity = finding.severity().name();
        rule = finding.rule().id();
        file = path;
        pointer = finding.pointer();
        line = finding.line();
        message = finding.message();
        count = finding.count();
    }

    /** What a record kept, as it is. */
    PackFinding(UnaryOperator<String> values) {
        severity = String.valueOf(values.apply("severity"));
        rule = String.valueOf(values.apply("rule"));
        file = String.valueOf(values.apply("file"));
        pointer = values.apply("pointer");
        line = (int) KeptValues.number(values.apply("line"), 0);
        message = String.valueOf(values.apply("message"));
        count = KeptValues.number(values.apply("count"), 1);
    }

    /** What came from elsewhere, made harmless. */
    private PackFinding(PackFinding foreign, ForeignText text) {
        severity = Finding.Severity.valueOf(String.valueOf(foreign.severity)).name();
        rule = text.required(foreign.rule, LONGEST);
        file = text.required(foreign.file, LONGEST);
        pointer = text.copy(foreign.pointer, LONGEST);
        line = Math.max(0, foreign.line);
        message = text.required(foreign.message, LONGEST);
        count = Math.max(1, foreign.count);
    }

    /**
     * A copy of what came from a machine that is not trusted, such as an agent: one line each, of bounded length.
     *
     * @param text copies what it says
     * @throws IllegalArgumentException if it is not one that the engine makes
     */
    static PackFinding copyOf(Object foreign, ForeignText text) {
        if (foreign instanceof PackFinding finding) {
            return new PackFinding(finding, text);
        }
        throw new IllegalArgumentException("This is not a finding.");
    }

    /** {@code ERROR} or {@code WARNING}. */
    public String getSeverity() {
        return severity;
    }

    /** Whether it leaves the pack valid unless validation is strict. */
    public boolean isWarning() {
        return severity.equals(Finding.Severity.WARNING.name());
    }

    /** The rule's id. */
    public String getRule() {
        return rule;
    }

    /** The file, as the log names it. */
    public String getFile() {
        return file;
    }

    /** The JSON pointer of the value; null if it is not about one. */
    public String getPointer() {
        return pointer;
    }

    /** The line; null if none is known. */
    public Integer getLine() {
        return line == 0 ? null : line;
    }

    /** Where it is, for people: the file, and the line where one is known. */
    public String getPlace() {
        return line == 0 ? file : file + ":" + line;
    }

    /** What is wrong, and how to mend it. */
    public String getMessage() {
        return message;
    }

    /** One line for a log: how much it matters, where it is, what is wrong, and the rule's id. */
    @Override
    public String toString() {
        return severity + " " + getPlace() + ": " + message + " [" + rule + "]";
    }

    /** How many findings it stands for: 1, or all those of its rule that are not told one by one. */
    public long getCount() {
        return count;
    }

    /** All values by name, as the command line's JSON and the REST API have them. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("severity", severity);
        map.put("rule", rule);
        map.put("file", file);
        map.put("pointer", pointer);
        map.put("line", getLine());
        map.put("message", message);
        map.put("count", count);
        return map;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PackFinding finding && toMap().equals(finding.toMap());
    }

    @Override
    public int hashCode() {
        return Objects.hash(rule, file, line, message);
    }
}
