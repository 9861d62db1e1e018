package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.io.IOException;

/**
 * A pack, or one of its files, is not as it has to be. The message is a whole sentence that names the file and says how to
 * mend it.
 */
public final class PackException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String file;

    /**
     * Makes an exception.
     *
     * @param file the file it is about, relative to the pack's folder
     * @param message what is wrong, and how to mend it
     */
    public PackException(String file, String message) {
        super(Printable.of(message));
        this.file = Printable.of(file);
    }

    /** The file it is about, relative to the pack's folder. */
    public String file() {
        return file;
    }

    /** The same as a finding. */
    Finding finding() {
        return Finding.of(Rule.ARCHIVABLE, file, getMessage());
    }
}
