package io.jenkins.plugins.spectropack.engine.pack;

/** A file is not YAML, or not such that other programs would read it. The message is a whole sentence. */
final class YamlProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final int line;

    YamlProblem(int line, String message) {
        super(message);
        this.line = line;
    }

    /** Where it is, from 1; 0 if that is not known. */
    int line() {
        return line;
    }
}
