package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.publish.PackFinding;
import io.jenkins.plugins.spectropack.engine.publish.Sarif;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Where findings go as SARIF, if anywhere. */
final class SarifOption {

    private static final Path STANDARD_OUTPUT = Path.of("-");

    @Option(names = "--sarif", paramLabel = "FILE", description = "Write the findings as SARIF, or - to print.")
    private Path file;

    /**
     * Makes sure before any work that the file can be written.
     *
     * @param json whether standard output is taken by something else
     */
    void check(boolean json) {
        if (json && isStandardOutput()) {
            throw new IllegalArgumentException("--json and --sarif - both want standard output. Give --sarif a file.");
        }
        if (file == null || isStandardOutput()) {
            return;
        }
        Path parent = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || parent == null || !Files.isDirectory(parent)) {
            throw new IllegalArgumentException(file + " cannot be written. Give a file in a folder that exists.");
        }
    }

    /** Whether the findings take the place of the results. */
    boolean isStandardOutput() {
        return STANDARD_OUTPUT.equals(file);
    }

    /**
     * Writes the file, or replaces it.
     *
     * @param findings with files relative to the current folder, or absolute
     * @param complete whether all packs that were asked for were checked
     */
    void write(List<PackFinding> findings, boolean complete, PrintWriter out) throws IOException {
        if (file == null) {
            return;
        }
        String text =
                Sarif.text(findings, Path.of(""), complete, BuiltVersion.read().number());
        if (isStandardOutput()) {
            out.print(text);
            out.flush();
        } else {
            Files.writeString(file, text);
        }
    }
}
