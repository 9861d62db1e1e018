package io.jenkins.plugins.spectropack.engine.util;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;

/** Why something failed on this machine, in words for a sentence. Runs anywhere. */
public final class Reasons {

    private Reasons() {}

    /**
     * The reason without a path and without a full stop, printable and never null: many exceptions of Java have no message, or
     * one that is the bare path.
     */
    public static String of(Throwable failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NoSuchFileException) {
            return "it is gone";
        }
        if (failure instanceof FileSystemLoopException) {
            return "it is a link that leads back to itself";
        }
        if (failure instanceof ReadOnlyFileSystemException) {
            return "the file system is read-only";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "there is something of that name already";
        }
        if (failure instanceof NotDirectoryException) {
            return "it is no folder";
        }
        String message = failure instanceof FileSystemException problem ? problem.getReason() : failure.getMessage();
        if (message == null || message.isBlank()) {
            return withoutMessage(failure);
        }
        String text = Printable.of(message.lines().findFirst().orElse(message).strip());
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * What to tell whoever ran into a failure: the sentence that it carries, which code of ours gives it, or else what happened
     * to which file.
     */
    public static String sentence(Exception failure) {
        if (failure instanceof FileSystemException problem && problem.getFile() != null) {
            return Printable.of(PartFile.place(problem.getFile())) + ": " + of(problem) + ".";
        }
        return failure.getMessage() == null ? of(failure) : failure.getMessage();
    }

    private static String withoutMessage(Throwable failure) {
        if (failure instanceof EOFException) {
            return "it ends early";
        }
        return failure.getCause() == null || failure.getCause() == failure
                ? failure.getClass().getSimpleName()
                : of(failure.getCause());
    }
}
