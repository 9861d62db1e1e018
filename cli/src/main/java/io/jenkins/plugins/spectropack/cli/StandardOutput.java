package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard output that remembers why it could not be written, as on a full disk: streams that print keep that to themselves, and
 * whoever reads the results would take a part of them for all.
 */
final class StandardOutput extends OutputStream {

    private static final int BUFFER = 8192;

    private final OutputStream file = new FileOutputStream(FileDescriptor.out);
    private IOException failure;

    private StandardOutput() {}

    /** Takes the place of the standard output that Java made. */
    static StandardOutput install() {
        StandardOutput output = new StandardOutput();
        System.setOut(new PrintStream(new BufferedOutputStream(output, BUFFER)));
        return output;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] octets, int offset, int length) throws IOException {
        try {
            file.write(octets, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * Says what went wrong, if anything did. That a reader wants no more, as {@code head} does, is nothing wrong.
     *
     * @param code the exit code of the command
     * @return the exit code of the process
     */
    int end(int code) {
        System.out.flush();
        IOException problem;
        synchronized (this) {
            problem = failure;
        }
        if (problem == null || String.valueOf(problem.getMessage()).contains("Broken pipe")) {
            return code;
        }
        System.err.println("Error: Standard output cannot be written: " + Reasons.of(problem) + ".");
        return code == ExitCode.OK ? ExitCode.FAILED : code;
    }
}
