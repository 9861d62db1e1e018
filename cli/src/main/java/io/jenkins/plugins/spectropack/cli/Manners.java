package io.jenkins.plugins.spectropack.cli;

import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** How much a command says, and how: the options that every command has. */
final class Manners {

    /** Set by the launcher, which can tell; Java cannot where only one of the streams is a terminal. */
    private static final boolean TERMINAL = Boolean.getBoolean("spectropack.terminal");

    private static final boolean OUT_TERMINAL = Boolean.getBoolean("spectropack.terminal.out");

    private static final int COLUMNS = Integer.getInteger("spectropack.columns", 0);

    private static final int DEFAULT_COLUMNS = 80;

    /** Behind the options of the command itself. */
    private static final int LAST = 1000;

    /** When to use colors. */
    enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = LAST + 3,
            description = "Show this help.")
    private boolean help;

    // For picocli a help of the version: a command needs no arguments then, and only one option may be that of the
    // usage.
    @Option(
            names = "--help-more",
            versionHelp = true,
            hidden = true,
            order = LAST + 4,
            description = "Show the options that few need.")
    private boolean helpMore;

    @Option(
            names = {"-q", "--quiet"},
            order = LAST,
            description = "Print results and errors only.")
    private boolean quiet;

    @Option(names = "--verbose", order = LAST + 1, description = "Print each request and more details as well.")
    private boolean verbose;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            order = LAST + 2,
            description = "auto (the default), always or never.")
    private Color color = Color.AUTO;

    /** Whether the options that few need are asked for. */
    boolean helpMore() {
        return helpMore;
    }

    boolean quiet() {
        return quiet;
    }

    boolean verbose() {
        return verbose;
    }

    /** Whether a line that shows how far something is can be drawn and drawn again. */
    boolean drawsProgress() {
        return TERMINAL && !isDumb();
    }

    /** How many characters fit a line of the terminal, as it was at the start. */
    int columns() {
        return COLUMNS > 0 ? COLUMNS : DEFAULT_COLUMNS;
    }

    private static boolean isDumb() {
        return "dumb".equals(System.getenv("TERM"));
    }

    /** Whether standard output is a terminal. */
    boolean printsOnTerminal() {
        return OUT_TERMINAL;
    }

    /** Whether whoever reads the results has read the log, since both are on one terminal. */
    boolean resultsAreInTheLog() {
        return TERMINAL && OUT_TERMINAL && !quiet;
    }

    /** Whether colors are wanted; {@code NO_COLOR} and a terminal that knows none count, but for {@code always}. */
    Ansi ansi() {
        return switch (color) {
            case ALWAYS -> Ansi.ON;
            case NEVER -> Ansi.OFF;
            case AUTO -> {
                String no = System.getenv("NO_COLOR");
                boolean plain = no != null && !no.isEmpty() || isDumb();
                yield TERMINAL && !plain ? Ansi.ON : Ansi.OFF;
            }
        };
    }

    /** Whether colors are wanted in results, which a file or another program may read. */
    Ansi ansiOfResults() {
        return color == Color.ALWAYS || OUT_TERMINAL ? ansi() : Ansi.OFF;
    }
}
