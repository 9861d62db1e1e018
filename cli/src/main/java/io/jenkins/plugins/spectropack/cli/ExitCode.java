package io.jenkins.plugins.spectropack.cli;

/** What the command tells the shell. */
final class ExitCode {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int INVALID_PACK = 3;

    /** What was to be published is, but Palette did not sync the registry or does not list a pack. */
    static final int PALETTE = 4;

    private ExitCode() {}
}
