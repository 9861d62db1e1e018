package io.jenkins.plugins.spectropack.engine.pack;

import java.nio.charset.StandardCharsets;

/** Git LFS: a checkout without it has small text files in place of large ones. Source: its specification, "The Pointer". */
final class GitLfs {

    /** What to do about it. */
    static final String MESSAGE =
            "The file is a Git LFS pointer, not the file that it stands for. Fetch that with 'git lfs"
                    + " pull', in Jenkins with 'Git LFS pull after checkout'.";

    /** More than a pointer has. */
    static final int MOST_BYTES = 1024;

    private static final byte[] START = "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

    private GitLfs() {}

    /** Whether a file that begins so is a pointer. */
    static boolean isPointer(byte[] begin) {
        if (begin.length < START.length) {
            return false;
        }
        for (int i = 0; i < START.length; i++) {
            if (begin[i] != START[i]) {
                return false;
            }
        }
        return true;
    }
}
