package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.PackFinder;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.palette.PackVersion;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.publish.EntryPoint;
import io.jenkins.plugins.spectropack.engine.publish.IfExists;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult;
import io.jenkins.plugins.spectropack.engine.publish.PublishResult.End;
import io.jenkins.plugins.spectropack.engine.publish.PublishRun;
import io.jenkins.plugins.spectropack.engine.publish.PublishSettings;
import io.jenkins.plugins.spectropack.engine.publish.PublishedPack;
import io.jenkins.plugins.spectropack.engine.registry.AwsIdentity;
import io.jenkins.plugins.spectropack.engine.registry.EcrTarget;
import io.jenkins.plugins.spectropack.engine.util.PackNamespace;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Request;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** {@code spectro-pack demo}. */
@Command(
        name = "demo",
        description =
                "Publishes packs to a fake of AWS ECR inside this process, has a fake of Palette list them, pulls one"
                        + " back and shows each step. Nothing leaves this machine.",
        footer = {"Examples:", "  spectro-pack demo", "  spectro-pack demo --keep-running my-pack"})
final class DemoCommand extends Verb {

    private static final String BASE = "spectro-oci-registry";
    private static final String NAMESPACE = BASE + "/" + PackNamespace.PATH;

    @Option(names = "--keep-running", description = "Keep the registry running until Ctrl-C.")
    private boolean keepRunning;

    @Parameters(
            paramLabel = "PACK",
            arity = "0..*",
            description = "A pack's folder, or a pattern. Default: the samples.")
    private List<String> patterns = List.of();

    @Override
    int run() throws IOException, InterruptedException {
        List<Path> folders = patterns.isEmpty() ? samples() : PackArguments.folders(patterns);
        return demonstrate(folders, out());
    }

    private int demonstrate(List<Path> folders, PrintWriter out) throws IOException, InterruptedException {
        try (EcrSandbox sandbox = EcrSandbox.builder().start();
                DemoPalette palette = DemoPalette.start(sandbox, BASE)) {
            out.println("A fake of AWS ECR runs inside this process: its API at " + sandbox.endpoint()
                    + ", its registry at " + sandbox.registryHost() + ".");
            out.println();
            out.println("$ spectro-pack publish --repository-name " + BASE + " " + text(folders.get(0)));
            PublishResult alone = publish(sandbox, Optional.empty(), out, folders.subList(0, 1));
            if (alone.end() != End.PUBLISHED) {
                return failed(alone);
            }
            PublishedPack first = alone.packs().get(0);
            steps(sandbox, out, first, folders.get(0));

            boolean single = folders.size() == 1;
            out.println((single
                            ? "The same again; the pack is there already."
                            : "All packs at once; the first one is there already.")
                    + " A fake of Palette at " + palette.host() + " syncs its registry '"
                    + DemoPalette.REGISTRY + "', and fails:");
            out.println("$ spectro-pack publish --repository-name " + BASE + " --palette-registry "
                    + DemoPalette.REGISTRY + (single ? " --palette-always-sync " : " ") + arguments());
            PublishResult all = publish(sandbox, Optional.of(palette.target(single)), out, folders);
            if (all.end() == End.INVALID || all.end() == End.NOT_SENT) {
                return failed(all);
            }
            all.paletteProblem().ifPresent(problem -> out.println("  Error: " + problem));
            out.println();
            out.println("Palette recovers, takes its time, and lists the packs:");
            boolean listed = palette.syncAgain(
                    all.packs().stream()
                            .map(pack -> new PackVersion(pack.getName(), pack.getVersion()))
                            .toList(),
                    out);
            out.println();

            out.println("What a client that knows nothing of this program pulls from the registry:");
            boolean same = new DemoPull(sandbox).check(first, out);
            out.println();
            if (!same || !listed || all.end() == End.FAILED) {
                out.println("The demo failed.");
                return ExitCode.FAILED;
            }
            out.println("Published " + first.getReference());
            out.println("Digest    " + first.getDigest());
            if (keepRunning) {
                keepRunning(sandbox, out);
            }
            out.flush();
            return ExitCode.OK;
        }
    }

    private String arguments() {
        return patterns.isEmpty()
                ? "'examples/*'"
                : patterns.stream()
                        .map(pattern -> pattern.matches("[\\w./-]+") ? pattern : "'" + pattern + "'")
                        .collect(Collectors.joining(" "));
    }

    /** These keys open nothing but this process, so they may be shown. */
    private static void keepRunning(EcrSandbox sandbox, PrintWriter out) {
        out.println();
        out.println("The registry keeps running until you press Ctrl-C. In another shell, this publishes to it:");
        sandbox.environment().forEach((name, value) -> out.println("export " + name + "=" + value));
        out.println("spectro-pack publish --repository-name " + BASE + " PACK...");
        out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // Ctrl-C is how it ends.
            out.println("The registry ends, with all that was in it.");
        }
    }

    /** The launcher says where the samples lie. */
    private static List<Path> samples() throws IOException {
        Path home = Path.of(System.getProperty("spectropack.home", ""));
        Path here = Path.of("").toAbsolutePath();
        return PackFinder.find(home, "examples/*").stream()
                .map(Path::toAbsolutePath)
                .filter(Files::isDirectory)
                .map(folder -> folder.startsWith(here) ? here.relativize(folder) : folder)
                .toList();
    }

    private static PublishResult publish(
            EcrSandbox sandbox, Optional<PaletteTarget> palette, PrintWriter out, List<Path> folders)
            throws IOException, InterruptedException {
        EcrTarget target = EcrTarget.builder(
                        AwsIdentity.of(AwsBasicCredentials.create(sandbox.accessKeyId(), sandbox.secretAccessKey())))
                .repositoryName(BASE)
                .region(sandbox.region())
                .endpoint(sandbox.endpoint().toString())
                .build();
        PublishSettings settings = new PublishSettings(
                folders.stream().map(DemoCommand::text).toList(), "", "", IfExists.FAIL, Validation.STANDARD, false, 1);
        EntryPoint entryPoint =
                new Environment(name -> null, request -> {}).entryPoint().with(DemoPalette.LIMITS);
        return new PublishRun(settings, target, palette, entryPoint, line -> out.println("  " + line)).run();
    }

    private int failed(PublishResult result) {
        if (result.end() != End.FAILED) {
            result.error().ifPresent(output()::error);
        }
        return result.end() == End.INVALID ? ExitCode.INVALID_PACK : ExitCode.FAILED;
    }

    private static void steps(EcrSandbox sandbox, PrintWriter out, PublishedPack pack, Path folder) {
        String host = sandbox.registryHost();
        String repository = pack.getRepository();
        out.println();
        out.println("The documented procedure by hand, and what happened here instead:");
        step(out, 1, "export AWS_ACCESS_KEY_ID=... AWS_SECRET_ACCESS_KEY=... AWS_DEFAULT_REGION=" + sandbox.region());
        happened(
                out,
                "the same variables, a profile or the machine's role; in Jenkins, the credential that the job names");
        step(
                out,
                2,
                "export REPOSITORY_NAME=" + BASE + " NAME=" + pack.getName() + " VERSION=" + pack.getVersion()
                        + " ACCOUNT_ID=" + sandbox.accountId());
        happened(out, "--repository-name; name and version are read from " + folder.resolve("pack.json"));
        step(out, 3, "aws ecr create-repository --repository-name " + NAMESPACE);
        happened(out, creation(sandbox, NAMESPACE));
        step(out, 4, "aws ecr create-repository --repository-name " + repository);
        happened(out, creation(sandbox, repository));
        step(out, 5, "aws ecr get-login-password | oras login --username AWS --password-stdin " + host);
        happened(
                out,
                requests(sandbox, repository, request -> request.operation().equals("GetAuthorizationToken"))
                        + "; kept in memory only");
        step(
                out,
                6,
                "tar -czvf " + pack.getArchiveName() + " "
                        + folder.toAbsolutePath().getFileName());
        happened(
                out,
                "an archive of " + pack.getArchiveSize() + " bytes that is the same on every machine, deleted again");
        step(out, 7, "oras push " + pack.getReference() + " " + pack.getArchiveName());
        happened(
                out,
                requests(
                        sandbox,
                        repository,
                        request -> request.service().equals(Request.REGISTRY)
                                && !request.method().equals("GET")
                                && !request.method().equals("HEAD")));
        out.println();
    }

    private static String text(Path folder) {
        return folder.toString().isEmpty() ? "." : folder.toString();
    }

    private static void step(PrintWriter out, int number, String byHand) {
        out.println("  " + number + ". " + byHand);
    }

    private static void happened(PrintWriter out, String what) {
        out.println("     -> " + what);
    }

    private static String creation(EcrSandbox sandbox, String repository) {
        return sandbox.repository(repository).isPresent()
                ? "CreateRepository; it exists now, and would have been left alone if it had existed"
                : "it is missing";
    }

    private static String requests(EcrSandbox sandbox, String repository, Predicate<Request> which) {
        return sandbox.requests().matching(which).stream()
                .map(request -> (request.service().equals(Request.ECR)
                                ? request.operation()
                                : request.method() + " "
                                        + request.path()
                                                .replace("/v2/" + repository + "/", "")
                                                .replaceAll("[0-9a-f-]{36}$", "..."))
                        + " " + request.status())
                .collect(Collectors.joining(", "));
    }
}
