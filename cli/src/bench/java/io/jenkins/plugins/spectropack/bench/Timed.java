package io.jenkins.plugins.spectropack.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How a whole process ran, with those that it started.
 *
 * @param seconds from its start to its end
 * @param cpuSeconds of all processors together
 * @param peakBytes the most resident memory that any one of the processes had, on Linux
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 * @param registrySeconds of all processors together, what the registry that it talked to took beside it; 0 where that was not
 *     measured
 */
record Timed(double seconds, double cpuSeconds, long peakBytes, String out, String err, double registrySeconds) {

    private static final long POLL_MILLISECONDS = 20;
    private static final double MILLISECONDS = 1000;

    /** Runs a command to its end. */
    static Timed run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("benchmark", ".out");
        Path err = Files.createTempFile("benchmark", ".err");
        Path times = Files.createTempFile("benchmark", ".times");
        try {
            List<String> timed = new ArrayList<>(List.of(
                    "bash", "-c", "TIMEFORMAT='%R %U %S'; { time \"$@\" 2>&3; } 3>&2 2>'" + times + "'", "bash"));
            timed.addAll(command);
            ProcessBuilder builder = new ProcessBuilder(timed)
                    .directory(folder.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            long peak = 0;
            while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
                peak = Math.max(peak, peak(process));
            }
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command.subList(0, Math.min(4, command.size())))
                        + " ended with exit code " + process.exitValue() + ":\n" + Files.readString(out)
                        + Files.readString(err));
            }
            String[] parts = Files.readString(times).strip().split(" ");
            return new Timed(
                    Double.parseDouble(parts[0]),
                    Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]),
                    peak,
                    Files.readString(out),
                    Files.readString(err),
                    0);
        } finally {
            Files.delete(out);
            Files.delete(err);
            Files.delete(times);
        }
    }

    /** The same with what the registry took. */
    Timed withRegistry(Duration taken) {
        return new Timed(seconds, cpuSeconds, peakBytes, out, err, taken.toMillis() / MILLISECONDS);
    }

    private static long peak(Process process) {
        return process.descendants()
                .mapToLong(descendant -> peak(Path.of("/proc", Long.toString(descendant.pid()), "status")))
                .max()
                .orElse(0);
    }

    private static long peak(Path status) {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            // It has ended meanwhile.
            return 0;
        }
    }
}
