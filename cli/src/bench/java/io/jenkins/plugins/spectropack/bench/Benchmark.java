package io.jenkins.plugins.spectropack.bench;

import io.jenkins.plugins.spectropack.sandbox.DockerRegistry;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares the command line with what people do by hand, on this machine and within one run, and prints ratios. Each
 * measurement is of whole processes, the Java virtual machine's start included. docs/benchmarks.md says how to run it and how to
 * read it.
 */
final class Benchmark implements AutoCloseable {

    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final int RUNS = 3;
    private static final int STARTS = 11;

    private final Contestants contestants;
    private final Path work;
    private final int packs;
    private final int mebibytes;

    private Benchmark(Path root, Path work, int packs, int mebibytes) {
        contestants = new Contestants(root, work);
        this.work = work;
        this.packs = packs;
        this.mebibytes = mebibytes;
    }

    /** Takes names of parts, or runs all of them. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Map<String, Part> parts = new TreeMap<>(Map.of(
                "many", Benchmark::many,
                "documented", Benchmark::documented,
                "big", Benchmark::big,
                "copy", Benchmark::copy,
                "latency", Benchmark::latency,
                "start", Benchmark::start,
                "scale", Benchmark::scale,
                "tls", Benchmark::tls));
        List<String> chosen = arguments.length == 0 ? List.copyOf(parts.keySet()) : Arrays.asList(arguments);
        if (!parts.keySet().containsAll(chosen)) {
            System.err.println("There are these parts: " + String.join(", ", parts.keySet()) + ".");
            System.exit(2);
        }
        Path root = Path.of(System.getProperty("spectropack.home"));
        try (Benchmark benchmark = new Benchmark(
                root,
                Files.createTempDirectory("benchmark"),
                Integer.getInteger("packs", 220),
                Integer.getInteger("mebibytes", 1024))) {
            for (String part : chosen) {
                parts.get(part).run(benchmark);
            }
        }
    }

    @FunctionalInterface
    private interface Part {
        void run(Benchmark benchmark) throws IOException, InterruptedException;
    }

    private void many() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(work.resolve("many"));
        List<Path> folders = GeneratedPacks.usual(folder, packs);
        Timed tar = contestants.shell("tar -cf \"$1\" many && gzip -c \"$1\" >\"$1.gz\"", work.resolve("all.tar"));
        say("%d packs, %d MB, %d MB compressed", packs, megabytes("all.tar"), megabytes("all.tar.gz"));
        try (DockerRegistry registry = DockerRegistry.startOpen()) {
            List<Timed> plain = new ArrayList<>();
            List<Timed> plainAgain = new ArrayList<>();
            List<Timed> firsts = new ArrayList<>();
            List<Timed> agains = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                plain.add(contestants.plain(registry, "plain" + i, folders));
                plainAgain.add(contestants.plain(registry, "plain" + i, folders));
                firsts.add(contestants.publish(registry, "direct" + i, folder));
                agains.add(contestants.publish(registry, "direct" + i, folder));
            }
            requireAll(packs, plain, plainAgain);
            requireAll(packs, firsts, agains);
            Timed loop = median(plain);
            row("tar, sha256sum and curl in a loop", loop, loop);
            row("the loop, nothing changed", median(plainAgain), loop);
            row("spectro-pack, first", median(firsts), loop);
            row("spectro-pack, nothing changed", median(agains), loop);
            row("floor: tar and gzip of everything, one processor", tar, loop);
        }
    }

    private void documented() throws IOException, InterruptedException {
        say("%d packs to ECR, against the documented procedure", packs);
        Path folder = Files.createDirectory(work.resolve("documented"));
        // This registry does not tell which repositories there are, as ECR's does: with a second version in one, the
        // command would take those of the other packs for made, too.
        List<Path> folders = GeneratedPacks.distinct(folder, packs);
        try (DockerRegistry registry = DockerRegistry.startOpen();
                EcrSandbox ecr = front(registry)) {
            Timed loop = contestants.documented(ecr, "documented", folders);
            List<Timed> firsts = new ArrayList<>();
            List<Timed> agains = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                firsts.add(contestants.publish(ecr, "ecr" + i, folder));
                agains.add(contestants.publish(ecr, "ecr" + i, folder));
            }
            requireAll(packs, firsts, agains);
            row("documented procedure in a loop", loop, loop);
            row("spectro-pack to ECR, first", median(firsts), loop);
            row("spectro-pack to ECR, nothing changed", median(agains), loop);
        }
    }

    private void big() throws IOException, InterruptedException {
        say("one pack of %d MiB that does not compress; spectro-pack with a heap of 64 MiB", mebibytes);
        try (DockerRegistry registry = DockerRegistry.startOpen()) {
            for (int size : new int[] {Math.max(1, mebibytes / 16), mebibytes}) {
                Path folder = Files.createDirectory(work.resolve("big" + size));
                Path pack = GeneratedPacks.incompressible(folder, size);
                Timed loop = contestants.plain(registry, "plain", List.of(pack));
                Timed first = contestants.publish(registry, "first", folder, "JAVA_OPTS", "-Xmx64m");
                Timed again = contestants.publish(registry, "first", folder, "JAVA_OPTS", "-Xmx64m");
                Timed floor = contestants.shell("cat \"$1\"/* | sha256sum", pack.resolve("charts"));
                requireAll(1, List.of(first), List.of(again));
                row("tar, sha256sum and curl, " + size + " MiB", loop, loop);
                row("spectro-pack, first, " + size + " MiB", first, loop);
                row("spectro-pack, nothing changed, " + size + " MiB", again, loop);
                row("floor: sha256sum of the charts, " + size + " MiB", floor, loop);
                delete(folder);
            }
        }
    }

    private void tls() throws IOException, InterruptedException {
        try (DockerRegistry registry = DockerRegistry.startOpenWithTls()) {
            say("%d packs over HTTPS", packs);
            Path folder = Files.createDirectory(work.resolve("tls"));
            against(registry, "many", folder, GeneratedPacks.usual(folder, packs));
            say("one pack of %d MiB that does not compress, over HTTPS", mebibytes);
            Path big = Files.createDirectory(work.resolve("bigtls"));
            against(registry, "big", big, List.of(GeneratedPacks.incompressible(big, mebibytes)));
        }
    }

    private void against(DockerRegistry registry, String base, Path folder, List<Path> folders)
            throws IOException, InterruptedException {
        Timed loop = contestants.plain(registry, "plain-" + base, folders);
        Timed first = contestants.publish(registry, base, folder);
        Timed again = contestants.publish(registry, base, folder);
        requireAll(folders.size(), List.of(first), List.of(again));
        row("tar, sha256sum and curl in a loop", loop, loop);
        row("spectro-pack, first", first, loop);
        row("spectro-pack, nothing changed", again, loop);
        delete(folder);
    }

    private void copy() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(work.resolve("copy"));
        GeneratedPacks.usual(folder, packs);
        try (DockerRegistry source = DockerRegistry.startOpen();
                DockerRegistry target = DockerRegistry.startOpen()) {
            say("%d packs from one registry to another", packs);
            contestants.publish(source, "packs", folder);
            Timed loop = contestants.skopeo(source, target);
            List<Timed> firsts = new ArrayList<>();
            List<Timed> agains = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                firsts.add(contestants.copy(source, "packs", target, "base" + i));
                agains.add(contestants.copy(source, "packs", target, "base" + i));
            }
            requireAll(packs, firsts, agains);
            row("skopeo copy in a loop", loop, loop);
            row("spectro-pack copy", median(firsts), loop);
            row("spectro-pack copy, nothing changed", median(agains), loop);
            delete(folder);
            say("one pack from one registry to another; spectro-pack with a heap of 64 MiB");
            Timed small = null;
            for (int size : new int[] {Math.max(1, mebibytes / 16), mebibytes}) {
                Path big = Files.createDirectory(work.resolve("copy" + size));
                GeneratedPacks.incompressible(big, size);
                contestants.publish(source, "big" + size, big);
                delete(big);
                Timed run = contestants.copy(source, "big" + size, target, "big" + size, "JAVA_OPTS", "-Xmx64m");
                require(count(run, "PUBLISHED") == 1, run.err());
                small = small == null ? run : small;
                row("spectro-pack copy, " + size + " MiB", run, small);
            }
        }
    }

    private void latency() throws IOException, InterruptedException {
        say("%d packs, %d ms before every answer", packs, LATENCY.toMillis());
        Path folder = Files.createDirectory(work.resolve("latency"));
        GeneratedPacks.usual(folder, packs);
        try (EcrSandbox ecr = EcrSandbox.builder().start()) {
            Timed without = contestants.publish(ecr, "without", folder);
            int before = ecr.requests().all().size();
            ecr.latency(LATENCY);
            Timed with = contestants.publish(ecr, "with", folder);
            int requests = ecr.requests().all().size() - before;
            double waiting = requests * LATENCY.toMillis() / 1000.0;
            say(
                    "  %d requests, which wait %.0f %% of the run's time without latency in all; %.0f %% of the waiting is hidden",
                    requests,
                    100 * waiting / without.seconds(),
                    100 * (1 - (with.seconds() - without.seconds()) / waiting));
            row("without", without, without);
            row("with", with, without);
        }
    }

    private void start() throws IOException, InterruptedException {
        say("start-up");
        Path folder = Files.createDirectory(work.resolve("start"));
        GeneratedPacks.usual(folder, 1);
        try (EcrSandbox ecr = EcrSandbox.builder().start()) {
            List<Timed> lines = new ArrayList<>();
            List<Timed> versions = new ArrayList<>();
            List<Timed> publishes = new ArrayList<>();
            for (int i = 0; i < STARTS; i++) {
                lines.add(contestants.oneLine());
                versions.add(contestants.version());
                publishes.add(contestants.publish(ecr, "base" + i, folder));
            }
            Timed line = median(lines);
            row("a Java program that prints one line", line, line);
            row("spectro-pack --version", median(versions), line);
            row("spectro-pack publish of one pack", median(publishes), line);
        }
    }

    private void scale() throws IOException, InterruptedException {
        say("from 1 to 1000 packs");
        try (EcrSandbox ecr = EcrSandbox.builder().start()) {
            Timed one = null;
            for (int count : new int[] {1, 10, 100, 1000}) {
                Path folder = Files.createDirectory(work.resolve("scale" + count));
                GeneratedPacks.usual(folder, count);
                Timed run = contestants.publish(ecr, "scale" + count, folder);
                one = one == null ? run : one;
                row(count + " packs", run, one);
                delete(folder);
            }
        }
    }

    private static Timed median(List<Timed> runs) {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Timed::seconds))
                .toList()
                .get(runs.size() / 2);
    }

    private static EcrSandbox front(DockerRegistry registry) throws IOException {
        return EcrSandbox.builder()
                .registry(registry.uri(), DockerRegistry.PASSWORD)
                .start();
    }

    private long megabytes(String file) throws IOException {
        return Math.round(Files.size(work.resolve(file)) / 1e6);
    }

    private static long count(Timed run, String status) {
        return run.out().lines().filter(line -> line.startsWith(status + " ")).count();
    }

    private static void requireAll(int packs, List<Timed> firsts, List<Timed> agains) {
        firsts.forEach(run -> require(count(run, "PUBLISHED") == packs, run.err()));
        agains.forEach(run -> require(count(run, "UNCHANGED") == packs, run.err()));
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void row(String what, Timed run, Timed base) {
        say(
                "  %-50s %7.2f s  %7.2f s CPU %s  %5d MB  %6.2f times as long, %6.1f times as fast",
                what,
                run.seconds(),
                run.cpuSeconds(),
                run.registrySeconds() > 0
                        ? String.format(Locale.ROOT, "+ %5.2f s registry", run.registrySeconds())
                        : " ".repeat(18),
                run.peakBytes() / 1_000_000,
                run.seconds() / base.seconds(),
                base.seconds() / run.seconds());
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        delete(work);
    }
}
