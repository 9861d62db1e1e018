package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One table of {@code docs/reliability.md}: what a test run saw happen. The test compares it with the committed one, or
 * replaces that if the system property {@code reliability.update} is true.
 */
final class ReliabilityTable {

    private final String name;
    private final List<String> rows = new ArrayList<>();

    /** Begins a table, which stands between two comments with its name. */
    ReliabilityTable(String name, String... columns) {
        this.name = name;
        row(columns);
        rows.add("|" + " --- |".repeat(columns.length));
    }

    /** Adds a row. */
    synchronized void row(String... cells) {
        StringBuilder row = new StringBuilder("|");
        for (String cell : cells) {
            row.append(' ')
                    .append(cell.replace("|", "\\|").replace("\n", "<br>"))
                    .append(" |");
        }
        rows.add(row.toString());
    }

    /** Compares with the committed table. */
    void check() throws IOException {
        Path document = Path.of("../docs/reliability.md");
        String text = Files.readString(document);
        String begin = "<!-- table: " + name + " -->\n";
        String end = "<!-- end -->\n";
        int from = text.indexOf(begin) + begin.length();
        int to = text.indexOf(end, from);
        String table = String.join("\n", rows) + "\n";
        Files.writeString(Path.of("target", "reliability-" + name + ".md"), table);
        if (Boolean.getBoolean("reliability.update")) {
            Files.writeString(document, text.substring(0, from) + table + text.substring(to));
            return;
        }
        assertThat(text.substring(from, to))
                .as("the table '%s' in docs/reliability.md, which says how it is made again", name)
                .isEqualTo(table);
    }
}
