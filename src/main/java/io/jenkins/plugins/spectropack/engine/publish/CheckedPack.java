package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.pack.Pack;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.util.ForeignText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One pack that was checked, as results tell it. */
public final class CheckedPack implements Serializable {

    private static final long serialVersionUID = 1L;

    /** For each text. */
    private static final int LONGEST = 1_000;

    private final String folder;
    private final String name;
    private final String version;
    private final long files;
    private final long bytes;
    private final ArrayList<PackFinding> findings;

    /**
     * Keeps what a check found.
     *
     * @param folder the pack's folder, as it is to be named
     */
    CheckedPack(String folder, PackChecker.Result result) {
        this.folder = folder;
        name = result.pack()
                .map(Pack::metadata)
                .map(metadata -> metadata.name())
                .orElse(null);
        version = result.pack()
                .map(Pack::metadata)
                .map(metadata -> metadata.version())
                .orElse(null);
        files = result.pack().map(Pack::files).orElse(0L);
        bytes = result.pack().map(Pack::bytes).orElse(0L);
        findings = new ArrayList<>(result.findings().stream()
                .map(finding -> new PackFinding(finding.file(), finding))
                .toList());
    }

    private CheckedPack(CheckedPack foreign, ForeignText text) {
        folder = text.required(foreign.folder, LONGEST);
        name = text.copy(foreign.name, LONGEST);
        version = text.copy(foreign.version, LONGEST);
        files = Math.max(0, foreign.files);
        bytes = Math.max(0, foreign.bytes);
        findings = new ArrayList<>(
                text.copies(foreign.findings, RunFindings.LONGEST, finding -> PackFinding.copyOf(finding, text)));
    }

    /**
     * A copy of what came from a machine that is not trusted, such as an agent: one line each, of bounded length.
     *
     * @param text copies what it says
     * @throws IllegalArgumentException if it is not one that the engine makes
     */
    static CheckedPack copyOf(Object foreign, ForeignText text) {
        if (foreign instanceof CheckedPack pack && pack.findings != null) {
            return new CheckedPack(pack, text);
        }
        throw new IllegalArgumentException("This is not a pack that was checked.");
    }

    /** The pack's folder, relative to the one that the check worked in where it lies below that; that one by its own name. */
    public String getFolder() {
        return folder;
    }

    /** The pack's name; null if it is invalid. */
    public String getName() {
        return name;
    }

    /** The pack's version; null if it is invalid. */
    public String getVersion() {
        return version;
    }

    /** Whether it can be published. */
    public boolean isValid() {
        return name != null;
    }

    /** How many files and links the pack holds; 0 if it is invalid. */
    public long getFiles() {
        return files;
    }

    /** The size of all its files; 0 if it is invalid. */
    public long getBytes() {
        return bytes;
    }

    /** What was found, with files relative to the pack's folder. */
    public List<PackFinding> getFindings() {
        return List.copyOf(findings);
    }

    /** All values by name, as the command line's JSON has them. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("folder", folder);
        map.put("name", name);
        map.put("version", version);
        map.put("valid", isValid());
        map.put("findings", findings.stream().map(PackFinding::toMap).toList());
        return map;
    }
}
