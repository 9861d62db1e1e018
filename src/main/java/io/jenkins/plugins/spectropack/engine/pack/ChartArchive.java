package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * A packaged Helm chart, read and judged as Helm's own loader does it (helm/helm, pkg/chart/loader): what that refuses is
 * refused, what it takes is taken.
 *
 * @param names what the chart is called: its top-level folder, and the name that its Chart.yaml says
 * @param apiVersion what its Chart.yaml says; empty if nothing, which Helm takes for {@code v1}
 */
record ChartArchive(Set<String> names, String apiVersion) {

    /** What all charts in an archive, one in the other, may unpack to. Helm itself has a limit for each only. */
    static final long MAX_BYTES = 256L * 1024 * 1024;

    private static final long HELM_MAX_BYTES = 100L * 1024 * 1024;
    private static final int HELM_MAX_FILE = 5 * 1024 * 1024;
    private static final int MEBI = 1024 * 1024;
    private static final int MAX_DEPTH = 5;
    private static final int MAX_PARTS = 1000;
    private static final int LFS_START = 200;

    /** Helm does not take it. The message says why, as the end of a sentence. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * Reads an archive to its end, so that one that was cut off is noticed.
     *
     * @throws Refused if it is an archive that Helm does not take
     * @throws IOException if it is no such archive, or a damaged one
     */
    static ChartArchive read(Path file) throws IOException, Refused, InterruptedException {
        try (InputStream stream = Files.newInputStream(file)) {
            return new Loader(new long[] {MAX_BYTES}, 0).load(stream);
        }
    }

    /** Whether a file is a pointer of Git LFS. */
    static boolean isLfsPointer(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return GitLfs.isPointer(stream.readNBytes(LFS_START));
        }
    }

    /** Reads one archive; another one reads each archive in it. */
    private static final class Loader {

        private final long[] budget;
        private final int depth;
        private final Set<String> folders = new LinkedHashSet<>();

        /** The chart itself under an empty path, its subcharts under theirs. */
        private final Map<String, ChartYaml> parts = new TreeMap<>();

        Loader(long[] budget, int depth) {
            this.budget = budget;
            this.depth = depth;
        }

        ChartArchive load(InputStream stream) throws IOException, Refused, InterruptedException {
            parts.put("", new ChartYaml());
            long files = 0;
            long unpacked = 0;
            try (ArchiveReader archive = new ArchiveReader(stream, budget[0])) {
                for (TarArchiveEntry entry = archive.next(); entry != null; entry = archive.next()) {
                    if (entry.isDirectory()) {
                        continue;
                    }
                    files++;
                    String path = path(entry.getName());
                    long size = Math.max(0, entry.getRealSize());
                    unpacked += size;
                    if (unpacked > HELM_MAX_BYTES) {
                        throw new Refused("it unpacks to more than " + HELM_MAX_BYTES / MEBI + " MiB");
                    }
                    if (size > HELM_MAX_FILE) {
                        throw new Refused("its file '" + path + "' has more than " + HELM_MAX_FILE / MEBI + " MiB");
                    }
                    budget[0] -= size;
                    if (budget[0] < 0) {
                        throw new IOException("it unpacks to more than " + MAX_BYTES / MEBI + " MiB");
                    }
                    file(archive, path);
                }
            }
            if (files == 0) {
                throw new Refused("there is no file in it");
            }
            for (Map.Entry<String, ChartYaml> part : parts.entrySet()) {
                Optional<String> problem = part.getValue().problem();
                if (problem.isPresent()) {
                    throw new Refused(
                            (part.getKey().isEmpty() ? "" : "in its subchart " + part.getKey() + ", ") + problem.get());
                }
            }
            ChartYaml chart = parts.get("");
            Set<String> names = new LinkedHashSet<>(folders);
            names.add(chart.name());
            return new ChartArchive(names, chart.apiVersion());
        }

        /** The path below the top-level folder, with {@code /}. */
        private String path(String name) throws Refused {
            String delimiter = name.indexOf('\\') >= 0 ? "\\" : "/";
            int slash = name.indexOf(delimiter);
            String top = slash < 0 ? name : name.substring(0, slash);
            String below = (slash < 0 ? "" : name.substring(slash + 1)).replace(delimiter, "/");
            if (below.startsWith("/")) {
                throw new Refused("it holds the absolute path '" + name + "'");
            }
            String path = clean(below);
            if (path.startsWith("..")) {
                throw new Refused("its file '" + name + "' leads out of the chart's folder");
            }
            if (path.isEmpty()) {
                throw new Refused(
                        top.equals("Chart.yaml")
                                ? "its Chart.yaml is not in the chart's folder"
                                : "its file '" + name + "' is not in the chart's folder");
            }
            if (path.length() > 2 && path.startsWith(":/", 1) && Character.isLetter(path.charAt(0))) {
                throw new Refused("it holds the absolute path '" + name + "'");
            }
            if (top.equals("Chart.yaml")) {
                throw new Refused("its Chart.yaml is not in the chart's folder");
            }
            if (folders.isEmpty() || path.equals(ChartYaml.FILE)) {
                folders.clear();
                folders.add(top);
            }
            return path;
        }

        /** As Go's path.Clean. */
        private static String clean(String path) {
            List<String> kept = new ArrayList<>();
            for (String part : path.split("/")) {
                if (part.equals("..")
                        && !kept.isEmpty()
                        && !kept.get(kept.size() - 1).equals("..")) {
                    kept.remove(kept.size() - 1);
                } else if (!part.isEmpty() && !part.equals(".")) {
                    kept.add(part);
                }
            }
            return String.join("/", kept);
        }

        private void file(ArchiveReader archive, String path) throws IOException, Refused, InterruptedException {
            String chart = "";
            String rest = path;
            while (rest.startsWith("charts/")) {
                String below = rest.substring("charts/".length());
                int slash = below.indexOf('/');
                String name = slash < 0 ? below : below.substring(0, slash);
                if (name.startsWith("_") || name.startsWith(".") || below.endsWith(".prov")) {
                    return;
                }
                if (slash < 0 && name.endsWith(".tgz")) {
                    archived(archive, chart + "charts/" + name);
                    return;
                }
                chart += "charts/" + name + "/";
                if (parts.size() < MAX_PARTS) {
                    parts.computeIfAbsent(chart, key -> new ChartYaml());
                }
                if (slash < 0) {
                    return;
                }
                rest = below.substring(slash + 1);
            }
            ChartYaml part = parts.get(chart);
            if (part != null && ChartYaml.READ.contains(rest)) {
                part.add(rest, archive.read(HELM_MAX_FILE));
            }
        }

        private void archived(ArchiveReader archive, String path) throws IOException, Refused, InterruptedException {
            if (depth >= MAX_DEPTH) {
                return;
            }
            byte[] bytes = archive.read(HELM_MAX_FILE);
            try {
                new Loader(budget, depth + 1).load(new ByteArrayInputStream(bytes));
            } catch (Refused e) {
                throw new Refused("in its subchart " + path + ", " + e.getMessage());
            } catch (IOException e) {
                throw new Refused("its subchart " + path + " is no gzip-compressed tar archive, or it is damaged ("
                        + Reasons.of(e) + ")");
            }
        }
    }
}
