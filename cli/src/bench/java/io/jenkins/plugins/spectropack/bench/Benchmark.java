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
import java.util.HashMap;
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

    private final Path root;
    private final Path work;
    private final int packs;
    private final int mebibytes;

    private Benchmark(Path root, Path work, int packs, int mebibytes) {
        this.root = root;
        this.work = work;
        this.packs = packs;
        this.mebibytes = mebibytes;
    }

    /** Takes names of parts, or runs all of them. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Map<String, Part> parts = new TreeMap<>(Map.of(
                "many", Benchmark::many,
                "big", Benchmark::big,
                "copy", Benchmark::copy,
                "latency", Benchmark::latency,
                "start", Benchmark::start,
                "scale", Benchmark::scale));
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
        Timed tar = shell("tar -cf \"$1\" many && gzip -c \"$1\" >\"$1.gz\"", work.resolve("all.tar"));
        say("%d packs, %d MB, %d MB compressed", packs, megabytes("all.tar"), megabytes("all.tar.gz"));
        try (DockerRegistry registry = DockerRegistry.startOpen();
                EcrSandbox ecr = front(registry)) {
            Timed loop = byHand(ecr, "by-hand", folders);
            List<Timed> firsts = new ArrayList<>();
            List<Timed> agains = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                Timed first = publish(ecr, "base" + i, folder);
                Timed again = publish(ecr, "base" + i, folder);
                require(
                        count(first, "PUBLISHED") == packs && count(again, "UNCHANGED") == packs,
                        first.err() + again.err());
                firsts.add(first);
                agains.add(again);
            }
            row("by hand", loop, loop);
            row("spectro-pack, first (median of " + RUNS + ")", median(firsts), loop);
            row("spectro-pack, nothing changed (median of " + RUNS + ")", median(agains), loop);
            row("floor: tar and gzip of everything, one processor", tar, loop);
        }
    }

    private void big() throws IOException, InterruptedException {
        say("one pack of %d MiB that does not compress; spectro-pack with a heap of 64 MiB", mebibytes);
        try (DockerRegistry registry = DockerRegistry.startOpen();
                EcrSandbox ecr = front(registry)) {
            for (int size : new int[] {Math.max(1, mebibytes / 16), mebibytes}) {
                Path folder = Files.createDirectory(work.resolve("big" + size));
                Path pack = GeneratedPacks.incompressible(folder, size);
                Timed loop = byHand(ecr, "by-hand", List.of(pack));
                Timed first = publish(ecr, "first", folder, "JAVA_OPTS", "-Xmx64m");
                Timed again = publish(ecr, "first", folder, "JAVA_OPTS", "-Xmx64m");
                Timed floor = shell("cat \"$1\"/* | sha256sum", pack.resolve("charts"));
                require(count(first, "PUBLISHED") == 1 && count(again, "UNCHANGED") == 1, first.err() + again.err());
                row("by hand, " + size + " MiB", loop, loop);
                row("spectro-pack, first, " + size + " MiB", first, loop);
                row("spectro-pack, nothing changed, " + size + " MiB", again, loop);
                row("floor: sha256sum of the charts, " + size + " MiB", floor, loop);
                delete(folder);
            }
        }
    }

    private void copy() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(work.resolve("copy"));
        GeneratedPacks.usual(folder, packs);
        try (DockerRegistry source = DockerRegistry.startOpen();
                DockerRegistry target = DockerRegistry.startOpen()) {
            say("%d packs from one registry to another", packs);
            publish(source, "packs", folder);
            Timed loop = copyByHand(source, target);
            List<Timed> firsts = new ArrayList<>();
            List<Timed> agains = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                Timed first = copy(source, "packs", target, "base" + i);
                Timed again = copy(source, "packs", target, "base" + i);
                require(
                        count(first, "PUBLISHED") == packs && count(again, "UNCHANGED") == packs,
                        first.err() + again.err());
                firsts.add(first);
                agains.add(again);
            }
            row("skopeo copy in a loop", loop, loop);
            row("spectro-pack copy (median of " + RUNS + ")", median(firsts), loop);
            row("spectro-pack copy, nothing changed (median of " + RUNS + ")", median(agains), loop);
            delete(folder);
            say("one pack from one registry to another; spectro-pack with a heap of 64 MiB");
            Timed small = null;
            for (int size : new int[] {Math.max(1, mebibytes / 16), mebibytes}) {
                Path big = Files.createDirectory(work.resolve("copy" + size));
                GeneratedPacks.incompressible(big, size);
                publish(source, "big" + size, big);
                delete(big);
                Timed run = copy(source, "big" + size, target, "big" + size, "JAVA_OPTS", "-Xmx64m");
                require(count(run, "PUBLISHED") == 1, run.err());
                small = small == null ? run : small;
                row("spectro-pack copy, " + size + " MiB", run, small);
            }
        }
    }

    private Timed publish(DockerRegistry registry, String base, Path folder) throws IOException, InterruptedException {
        return Timed.run(
                folder,
                Map.of(),
                List.of(
                        root.resolve("cli/spectro-pack").toString(),
                        "publish",
                        "--registry",
                        registry.uri() + "/" + base,
                        "*"));
    }

    private Timed copy(DockerRegistry source, String from, DockerRegistry target, String to, String... variable)
            throws IOException, InterruptedException {
        return Timed.run(
                work,
                variable.length > 0 ? Map.of(variable[0], variable[1]) : Map.of(),
                List.of(
                        root.resolve("cli/spectro-pack").toString(),
                        "copy",
                        "--from",
                        source.uri() + "/" + from,
                        "--to",
                        target.uri() + "/" + to,
                        "--all"));
    }

    /** One {@code skopeo copy} for each pack, which are listed before. */
    private Timed copyByHand(DockerRegistry source, DockerRegistry target) throws IOException, InterruptedException {
        Timed list = Timed.run(
                work,
                Map.of(),
                List.of(root.resolve("cli/spectro-pack").toString(), "list", "--registry", source.uri() + "/packs"));
        List<String> command = new ArrayList<>(List.of(
                "sh",
                "-c",
                "from=$1; to=$2; shift 2; for pack; do skopeo copy --quiet --preserve-digests --src-tls-verify=false"
                        + " --dest-tls-verify=false \"docker://$from/$pack\" \"docker://$to/$pack\" || exit 1; done",
                "sh",
                source.host() + "/packs/spectro-packs/archive",
                target.host() + "/by-hand/spectro-packs/archive"));
        list.out().lines().map(line -> line.substring(0, line.indexOf(' '))).forEach(command::add);
        return Timed.run(work, Map.of(), command);
    }

    private void latency() throws IOException, InterruptedException {
        say("%d packs, %d ms before every answer", packs, LATENCY.toMillis());
        Path folder = Files.createDirectory(work.resolve("latency"));
        GeneratedPacks.usual(folder, packs);
        try (EcrSandbox ecr = EcrSandbox.builder().start()) {
            Timed without = publish(ecr, "without", folder);
            int before = ecr.requests().all().size();
            ecr.latency(LATENCY);
            Timed with = publish(ecr, "with", folder);
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
            List<Timed> versions = new ArrayList<>();
            List<Timed> publishes = new ArrayList<>();
            for (int i = 0; i < 11; i++) {
                versions.add(Timed.run(
                        work, Map.of(), List.of(root.resolve("cli/spectro-pack").toString(), "--version")));
                publishes.add(publish(ecr, "base" + i, folder));
            }
            Timed java = Timed.run(work, Map.of(), List.of("java", "-version"));
            row("java -version", java, java);
            row("spectro-pack --version (median of 11)", median(versions), java);
            row("spectro-pack publish of one pack (median of 11)", median(publishes), java);
        }
    }

    private void scale() throws IOException, InterruptedException {
        say("from 1 to 1000 packs");
        try (EcrSandbox ecr = EcrSandbox.builder().start()) {
            Timed one = null;
            for (int count : new int[] {1, 10, 100, 1000}) {
                Path folder = Files.createDirectory(work.resolve("scale" + count));
                GeneratedPacks.usual(folder, count);
                Timed run = publish(ecr, "scale" + count, folder);
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

    private Timed byHand(EcrSandbox ecr, String base, List<Path> folders) throws IOException, InterruptedException {
        Path temporary = Files.createTempDirectory(work, "by-hand");
        List<String> command = new ArrayList<>(List.of(
                root.resolve("cli/src/bench/manual-procedure").toString(),
                ecr.registryHost(),
                base,
                temporary.toString()));
        folders.forEach(folder -> command.add(folder.toString()));
        Map<String, String> environment = new HashMap<>(ecr.environment());
        environment.put("AWS_ENDPOINT_URL_ECR", ecr.endpoint().toString());
        return Timed.run(work, environment, command);
    }

    private Timed publish(EcrSandbox ecr, String base, Path folder, String... variable)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(ecr.environment());
        if (variable.length > 0) {
            environment.put(variable[0], variable[1]);
        }
        return Timed.run(
                folder,
                environment,
                List.of(root.resolve("cli/spectro-pack").toString(), "publish", "--repository-name", base, "*"));
    }

    private Timed shell(String script, Path argument) throws IOException, InterruptedException {
        return Timed.run(work, Map.of(), List.of("sh", "-c", script, "sh", argument.toString()));
    }

    private long megabytes(String file) throws IOException {
        return Math.round(Files.size(work.resolve(file)) / 1e6);
    }

    private static long count(Timed run, String status) {
        return run.out().lines().filter(line -> line.startsWith(status + " ")).count();
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static void row(String what, Timed run, Timed base) {
        say(
                "  %-52s %7.2f s  %7.2f s CPU  %5d MB  %6.2f times as long, %6.1f times as fast",
                what,
                run.seconds(),
                run.cpuSeconds(),
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
