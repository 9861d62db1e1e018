package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.pack.PackFinder;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import io.jenkins.plugins.spectropack.engine.palette.PackVersion;
import io.jenkins.plugins.spectropack.engine.palette.PaletteException;
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
                "Adds a fake of AWS ECR to a fake of Palette, both inside this process, publishes packs there, has them"
                        + " listed, pulls one back and shows each step. Nothing leaves this machine.",
        footer = {"Examples:", "  spectro-pack demo", "  spectro-pack demo --keep-running my-pack"})
final class DemoCommand extends Verb {

    private static final String BASE = "spectro-oci-registry";
    private static final String NAMESPACE = BASE + "/" + PackNamespace.PATH;

    @Option(names = "--keep-running", description = "Keep both running until Ctrl-C.")
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
            out.println("A fake of Palette runs at " + palette.host() + ". Once, it is told of the registry:");
            palette.register(out);
            out.println();
            out.println("One pack is published, and listed in Palette:");
            out.println(publishCommand(text(folders.get(0))));
            PublishResult alone = publish(sandbox, palette.target(false), out, folders.subList(0, 1));
            if (alone.end() != End.PUBLISHED) {
                return failed(alone);
            }
            PublishedPack first = alone.packs().get(0);
            steps(sandbox, out, first, folders.get(0));

            out.println(
                    folders.size() == 1
                            ? "The same again; the pack is there already."
                            : "All packs at once; the first one is there already.");
            out.println(publishCommand(arguments()));
            PublishResult all = publish(sandbox, palette.target(false), out, folders);
            if (all.end() != End.PUBLISHED) {
                return failed(all);
            }
            out.println();
            out.println("What a client that knows nothing of this program pulls from the registry:");
            boolean right = new DemoPull(sandbox).check(first, out) && isListed(alone) && isListed(all);
            out.println();
            out.println("Published " + first.getReference());
            out.println("Digest    " + first.getDigest());
            out.println();
            right &= recovers(sandbox, palette, out, folders, all.packs());
            if (!right) {
                out.println("The demo failed.");
                return ExitCode.FAILED;
            }
            if (keepRunning) {
                palette.recover();
                keepRunning(sandbox, palette, out, folders.get(0));
            }
            out.flush();
            return ExitCode.OK;
        } catch (PaletteException e) {
            output().error(e.getMessage());
            return ExitCode.FAILED;
        }
    }

    private static boolean isListed(PublishResult result) {
        return result.paletteProblem().isEmpty()
                && result.packs().stream().allMatch(pack -> "LISTED".equals(pack.getPaletteStatus()));
    }

    /** What it looks like when Palette fails; whether all packs are listed in the end. */
    private boolean recovers(
            EcrSandbox sandbox, DemoPalette palette, PrintWriter out, List<Path> folders, List<PublishedPack> packs)
            throws IOException, InterruptedException {
        palette.fail();
        out.println("That was all. The second part is what it looks like when Palette fails, which is no fault here:");
        out.println(publishCommand("--palette-always-sync " + arguments()));
        publish(sandbox, palette.target(true), out, folders)
                .paletteProblem()
                .ifPresent(problem -> out.println("  Error: " + problem));
        out.println();
        out.println("Palette recovers, takes its time, and lists the packs:");
        return palette.syncAgain(
                packs.stream()
                        .map(pack -> new PackVersion(pack.getName(), pack.getVersion()))
                        .toList(),
                out);
    }

    private static String publishCommand(String packs) {
        return "$ spectro-pack publish --repository-name " + BASE + " --palette-registry " + DemoPalette.REGISTRY + " "
                + packs;
    }

    private String arguments() {
        return patterns.isEmpty()
                ? "'examples/*'"
                : patterns.stream().map(DemoCommand::shell).collect(Collectors.joining(" "));
    }

    /** These keys open nothing but this process, so they may be shown. */
    private static void keepRunning(EcrSandbox sandbox, DemoPalette palette, PrintWriter out, Path pack) {
        out.println();
        out.println(
                "Registry and Palette keep running until you press Ctrl-C. In another shell, this publishes to them:");
        sandbox.environment().forEach((name, value) -> out.println("export " + name + "=" + value));
        palette.environment().forEach((name, value) -> out.println("export " + name + "=" + value));
        out.println(shell(System.getProperty("spectropack.command", "spectro-pack")) + " publish --repository-name "
                + BASE + " " + palette.options() + " " + shell(text(pack)));
        out.flush();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // Ctrl-C is how it ends.
            out.println("Registry and Palette end, with all that was in them.");
        }
    }

    /** A word as a shell takes it. */
    private static String shell(String word) {
        return word.matches("[\\w./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
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

    private static PublishResult publish(EcrSandbox sandbox, PaletteTarget palette, PrintWriter out, List<Path> folders)
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
        return new PublishRun(settings, target, Optional.of(palette), entryPoint, line -> out.println("  " + line))
                .run();
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
                "an archive of " + pack.getArchiveSize() + " bytes that is the same on every machine, and no file");
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
