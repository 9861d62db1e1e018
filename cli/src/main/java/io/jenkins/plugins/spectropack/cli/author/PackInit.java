package io.jenkins.plugins.spectropack.cli.author;

import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.PackException;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.util.Printable;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts a pack: makes its files from charts and manifests, checks them as publishing does, and puts them into its folder. */
public final class PackInit {

    private PackInit() {}

    /**
     * A pack that was started.
     *
     * @param valid whether it can be published; if not, nothing was written
     * @param files the sizes of its files in bytes, by path in its folder
     * @param findings what the strictest check says about it
     * @param remarks what only the author can say, in whole sentences
     */
    public record Result(boolean valid, SortedMap<String, Long> files, List<Finding> findings, List<String> remarks) {}

    /**
     * Writes a pack.
     *
     * @param force whether files may be overwritten
     * @param dryRun whether to write nothing
     * @throws PackException if a chart or manifest is none; nothing was written then
     * @throws IOException if a file would be overwritten, or the machine fails
     */
    public static Result init(NewPack pack, boolean force, boolean dryRun) throws IOException, InterruptedException {
        PackDraft draft = PackDraft.of(pack);
        Path folder = pack.folder().toAbsolutePath().normalize();
        requireFree(folder, draft, force);
        Path staging = dryRun ? Files.createTempDirectory("spectro-pack-") : sibling(folder);
        try {
            write(draft, staging);
            PackChecker.Result check = PackChecker.check(staging, Validation.STANDARD);
            boolean valid = check.pack().isPresent();
            if (valid && !dryRun) {
                try {
                    place(staging, folder, draft);
                } catch (FileSystemException e) {
                    throw notWritten(folder, e);
                }
            }
            SortedMap<String, Long> sizes = new TreeMap<>();
            draft.files().forEach((path, content) -> sizes.put(path, (long) content.length));
            return new Result(valid, sizes, check.findings(), draft.remarks());
        } finally {
            delete(staging);
        }
    }

    /** Nobody's work is lost, and nothing is written through a link that leads elsewhere. */
    private static void requireFree(Path folder, PackDraft draft, boolean force) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
            throw refused(folder, "It is no folder. Give the folder to write the pack to.");
        }
        List<String> taken = new ArrayList<>();
        for (Map.Entry<String, byte[]> file : draft.files().entrySet()) {
            Path parent = folder.resolve(file.getKey()).getParent();
            Path target = folder.resolve(file.getKey());
            if (!parent.equals(folder)
                    && Files.exists(parent, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(parent, "It is no folder, so nothing is written there. Remove it.");
            }
            if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                throw refused(target, "It is a folder where a file is to be written. Remove it.");
            }
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !isSame(target, file.getValue())) {
                taken.add(file.getKey());
            }
        }
        if (!taken.isEmpty() && !force) {
            throw refused(
                    folder,
                    "There is " + taken.stream().map(path -> "'" + path + "'").collect(Collectors.joining(", "))
                            + " already, and nothing is overwritten. Nothing was written. Choose another folder, or give"
                            + " --force to replace " + (taken.size() == 1 ? "it." : "them."));
        }
    }

    private static IOException refused(Path file, String why) {
        return new IOException(Printable.of(file + ": " + why));
    }

    private static IOException notWritten(Path folder, FileSystemException e) {
        return refused(folder, "The pack cannot be written there: " + Reasons.of(e) + ".");
    }

    private static boolean isSame(Path file, byte[] content) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content);
    }

    /** A new folder beside the pack's, so that it takes its place in one step. */
    private static Path sibling(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent == null) {
            throw new PackException(folder.toString(), "It is no folder for a pack. Give another.");
        }
        try {
            Files.createDirectories(parent);
            return Files.createDirectory(parent.resolve("." + UUID.randomUUID() + ".part"));
        } catch (FileSystemException e) {
            throw notWritten(folder, e);
        }
    }

    private static void write(PackDraft draft, Path staging) throws IOException {
        for (Map.Entry<String, byte[]> file : draft.files().entrySet()) {
            Path target = staging.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue());
        }
    }

    private static void place(Path staging, Path folder, PackDraft draft) throws IOException {
        if (!Files.exists(folder)) {
            Files.move(staging, folder);
            return;
        }
        for (String path : draft.files().keySet()) {
            Path target = folder.resolve(path);
            Files.createDirectories(target.getParent());
            Files.move(staging.resolve(path), target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all;
            try (Stream<Path> files = Files.walk(folder)) {
                all = files.sorted((one, other) -> other.compareTo(one)).toList();
            }
            for (Path file : all) {
                Files.delete(file);
            }
        }
    }
}
