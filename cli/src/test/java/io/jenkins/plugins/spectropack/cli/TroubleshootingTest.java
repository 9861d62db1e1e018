package io.jenkins.plugins.spectropack.cli;

import static io.jenkins.plugins.spectropack.cli.InProcess.HASTY;
import static io.jenkins.plugins.spectropack.cli.InProcess.PATIENT;
import static io.jenkins.plugins.spectropack.cli.RegistryState.ARCHIVE;
import static io.jenkins.plugins.spectropack.cli.RegistryState.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteResult;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.TestHttp;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.SyncStep;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpClient;

/** Each heading of {@code docs/troubleshooting.md} is what the log says when this happens. */
class TroubleshootingTest {

    /** Makes it happen. */
    @FunctionalInterface
    private interface Trouble {
        CommandRun happen() throws Exception;
    }

    private static final String PALETTE_REGISTRY = "my-ecr";

    @WorkingFolder
    private Path folder;

    private Path pack;
    private EcrSandbox sandbox;
    private final Map<String, Trouble> troubles = new LinkedHashMap<>();

    @BeforeEach
    void start() throws IOException {
        Files.createDirectory(folder.resolve("tmp"));
        fresh(EcrSandbox.builder());
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void fresh(EcrSandbox.Builder builder) throws IOException {
        if (sandbox != null) {
            sandbox.close();
            Shell.run(folder, List.of("rm", "-rf", "my-pack"));
        }
        sandbox = builder.start();
        pack = SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    private CommandRun publish(String... options) {
        return publish(PATIENT, options);
    }

    private CommandRun publish(Limits limits, String... options) {
        try (InProcess process = InProcess.of(sandbox, folder.resolve("tmp"), limits)) {
            String[] arguments = Arrays.copyOf(options, options.length + 1);
            arguments[options.length] = pack.toString();
            return process.publish(arguments);
        }
    }

    private CommandRun publishOther(String... options) throws IOException {
        Files.writeString(pack.resolve("values.yaml"), "pack:\n  namespace: other\n");
        return publish(options);
    }

    private CommandRun packJson(String from, String to) throws IOException {
        Files.writeString(
                pack.resolve("pack.json"),
                SamplePacks.packJson("sample", "1.0.0").replace(from, to));
        return publish();
    }

    private CommandRun link(String target) throws IOException {
        Files.createSymbolicLink(pack.resolve("link"), Path.of(target));
        return publish();
    }

    private CommandRun shell(String script) {
        Shell.run(pack, Map.of("LC_ALL", "C"), List.of("sh", "-c", script));
        return publish();
    }

    private CommandRun changing() throws Exception {
        Path big = pack.resolve("big.bin");
        // So large that the writer is at work before the last byte is read; what does not compress is read too quickly.
        try (RandomAccessFile file = new RandomAccessFile(big.toFile(), "rw")) {
            file.setLength(256 * 1024 * 1024);
        }
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            while (!done.get()) {
                try {
                    Files.write(big, new byte[1], StandardOpenOption.APPEND);
                    Thread.sleep(1);
                } catch (IOException | InterruptedException e) {
                    return;
                }
            }
        });
        writer.start();
        try {
            return publish();
        } finally {
            done.set(true);
            writer.join();
        }
    }

    private void trouble(String heading, Trouble trouble) {
        troubles.put(heading, trouble);
    }

    @Test
    void headingsAreWhatTheLogSays() throws Exception {
        credentials();
        repositories();
        registry();
        palette();
        packs();
        List<String> headings = Files.readString(Project.ROOT.resolve("docs/troubleshooting.md"))
                .lines()
                .filter(line -> line.startsWith("### "))
                .map(line -> line.substring("### ".length()))
                .toList();
        assertThat(headings).containsExactlyInAnyOrderElementsOf(troubles.keySet());
        for (String heading : headings) {
            fresh(EcrSandbox.builder());
            CommandRun run = troubles.get(heading).happen();
            Pattern pattern = Pattern.compile(
                    Arrays.stream(heading.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
            assertThat(run.err().lines())
                    .as(heading + "\n" + run.err())
                    .anyMatch(line -> pattern.matcher(line).find());
        }
    }

    private void credentials() {
        trouble("GetAuthorizationToken failed: … answered UnrecognizedClientException: …", () -> {
            try (EcrSandbox other = EcrSandbox.builder().start();
                    InProcess process = InProcess.of(other, folder.resolve("tmp"), PATIENT)) {
                return process.publishTo(sandbox.endpoint().toString(), pack.toString());
            }
        });
        trouble("GetAuthorizationToken failed: … answered InvalidSignatureException: …", () -> {
            try (InProcess process = InProcess.of(sandbox, folder.resolve("tmp"), PATIENT)) {
                System.setProperty("aws.secretAccessKey", "wrong");
                return process.publish(pack.toString());
            }
        });
        trouble("GetAuthorizationToken failed: … answered ExpiredTokenException: …", () -> {
            sandbox.expireKeys();
            return publish();
        });
        trouble("… is not authorized to perform: ecr:CreateRepository …", () -> {
            sandbox.deny("ecr:CreateRepository");
            return publish();
        });
        trouble(
                "… answered 403 DENIED to POST: User: … is not authorized to perform: ecr:InitiateLayerUpload …",
                () -> {
                    sandbox.deny("ecr:InitiateLayerUpload");
                    return publish();
                });
        trouble("… answered 403 DENIED to POST: Your authorization token has expired. …", () -> {
            sandbox.fault(
                    Match.uploadStart(),
                    Fault.registryError(
                            403, "DENIED", "Your authorization token has expired. Reauthenticate and try again."));
            return publish();
        });
        trouble("The account id is …, but the credentials belong to the registry of account …", () -> {
            sandbox.createRepository(ARCHIVE, false);
            return publish("--account-id", "210987654321");
        });
    }

    private void repositories() {
        trouble(
                "… answered 404 NAME_UNKNOWN to POST: The repository with name … does not exist in the registry with"
                        + " id …",
                () -> {
                    sandbox.cutUploadsToMissingRepositories(false);
                    return publish("--no-create-repositories");
                });
        trouble(
                "… cut the connection off (POST). ECR drops the connection like this when the repository does not"
                        + " exist, or when the permission ecr:InitiateLayerUpload is missing.",
                () -> publish("--no-create-repositories"));
        trouble("… exists with other content (…). What differs: … Raise the version in pack.json; …", () -> {
            publish().succeeds();
            return publishOther();
        });
        trouble("… exists with other content and cannot be replaced: the repository's tags are immutable.", () -> {
            publish("--immutable-tags").succeeds();
            return publishOther("--if-exists", "overwrite");
        });
        trouble(
                "… answered 400 TAG_INVALID to PUT: The image tag … already exists in the … repository and cannot be"
                        + " overwritten because the repository is immutable.",
                () -> {
                    publish("--immutable-tags").succeeds();
                    sandbox.deny("ecr:BatchGetImage");
                    return publishOther();
                });
        trouble("… whether it exists already could not be looked up, so it may be replaced.", () -> {
            sandbox.createRepository(REPOSITORY, false);
            sandbox.deny("ecr:BatchGetImage");
            return publish().succeeds();
        });
    }

    private void registry() {
        trouble("… answered 405 UNSUPPORTED to PUT: …", () -> {
            sandbox.fault(Match.manifestPut(), Fault.registryError(405, "UNSUPPORTED", "Invalid parameter"));
            return publish();
        });
        trouble("… answered 416 BLOB_UPLOAD_INVALID to PUT: …", () -> {
            sandbox.fault(Match.uploadContent(), Fault.registryError(416, "BLOB_UPLOAD_INVALID", "First byte is 0"));
            return publish();
        });
        trouble("… answered 429 TOOMANYREQUESTS to POST: …", () -> {
            sandbox.fault(Match.uploadStart(), Fault.tooManyRequests(Duration.ZERO));
            return publish();
        });
        trouble("… no connection to … (Connection refused)", () -> {
            sandbox.close();
            return publish();
        });
        trouble("… speaks plain HTTP on this port, not TLS, so nothing was sent. …", () -> {
            try (OciSandbox plain = OciSandbox.start(OciBehaviour.DISTRIBUTION)) {
                return CommandRun.in(folder)
                        .java("-D" + Limits.PROPERTY + "=" + HASTY.toProperty())
                        .with("SPECTRO_PACK_PASSWORD", plain.password())
                        .run(
                                "publish",
                                "--registry",
                                "https://" + plain.host() + "/acme",
                                "--username",
                                plain.username(),
                                pack.toString());
            }
        });
        trouble("… no answer within … s (POST).", () -> {
            sandbox.fault(Match.uploadStart(), Fault.stall());
            return publish(HASTY);
        });
        trouble("… no data was taken for … s (PUT).", () -> {
            byte[] big = new byte[24 * 1024 * 1024];
            new Random(1).nextBytes(big);
            Files.write(pack.resolve("big.bin"), big);
            sandbox.fault(Match.uploadContent(), Fault.stallRequestBody());
            return publish(HASTY);
        });
        trouble(
                "… wants the upload at another address, …, which gets neither the login nor the pack."
                        + " Give the registry's own address.",
                () -> {
                    sandbox.fault(Match.uploadStart(), Fault.location("https://other.example/upload"));
                    return publish();
                });
        trouble(
                "… redirected the POST elsewhere, which is not followed because the login would go along."
                        + " Give the registry's own address.",
                () -> {
                    sandbox.fault(Match.uploadStart(), Fault.redirect(307, "https://other.example/"));
                    return publish();
                });
        trouble(
                "… is plain HTTP. The login would travel unencrypted, so HTTP is used for loopback addresses only."
                        + " Use https://.",
                () -> {
                    fresh(EcrSandbox.builder().registry(URI.create("http://registry.example"), "password"));
                    return publish();
                });
    }

    private void palette() {
        trouble(
                "Listing the registries of Palette failed: … answered 401 …",
                () -> toPalette(palette -> {}, "wrong-key"));
        trouble(
                "Listing the registries of Palette failed: … answered 403 …",
                () -> toPalette(palette -> {
                    palette.forbid(true);
                }));
        trouble(
                "Palette at … has no OCI registry …. It has …",
                () -> toPalette(palette -> {
                    palette.addRegistry("another", "registry.example", "acme");
                }));
        trouble(
                "WARNING: Registry … in Palette reads …, but the packs were pushed to …",
                () -> toPalette(palette -> {
                    palette.addRegistry(PALETTE_REGISTRY, "registry.example", "acme");
                }));
        trouble(
                "Palette: a sync of registry … is running already. …",
                () -> toPalette(palette -> {
                    palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme").syncByOthers("Running", "Success");
                }));
        trouble(
                "Palette: registry … cannot be synced, so there is nothing to wait for. …",
                () -> toPalette(palette -> {
                    palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme").unsyncable();
                }));
        trouble(
                "The sync of registry … in Palette failed: …",
                () -> toPalette(palette -> {
                    palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme")
                            .nextSync(new SyncStep("Failed", "no basic auth credentials"));
                }));
        trouble("The sync of registry … in Palette had not ended after … and may still be in progress. …", () -> {
            try (PaletteSandbox palette = PaletteSandbox.start();
                    SdkHttpClient http = TestHttp.client()) {
                palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme").nextSync("Running");
                PaletteTarget target = PaletteTarget.builder(palette.apiKey())
                        .url(palette.uri().toString())
                        .registryName(PALETTE_REGISTRY)
                        // The option takes minutes, which no test can wait for.
                        .timeout(Duration.ofMillis(50))
                        .build();
                PaletteResult result = new Palette(target, http, PATIENT)
                        .run(Palette.Work.SYNC, Optional.empty(), List.of(), line -> {});
                return new CommandRun(ExitCode.PALETTE, "", result.problem().orElse(""));
            }
        });
        trouble(
                "Palette does not list … in registry …. The list may lag: …",
                () -> toPalette(palette -> {
                    palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme").listingLag(100);
                }));
        trouble("Palette does not list … in registry …. No sync was started, because no pack is new …", () -> {
            publish().succeeds();
            return toPalette(palette -> palette.addRegistry(PALETTE_REGISTRY, sandbox, "acme"));
        });
        trouble(
                "… answered 200 to GET with something that is not Palette's. Check that … is that of Palette's API.",
                () -> toPalette(palette -> {
                    palette.fault(
                            PaletteSandbox.listsRegistries(), Fault.answer(200, Map.of(), "<html>Sign in</html>"));
                }));
        trouble(
                "… redirected the GET elsewhere, which is not followed because the API key would go along. Give"
                        + " Palette's own address.",
                () -> toPalette(palette -> {
                    palette.fault(PaletteSandbox.listsRegistries(), Fault.redirect(302, "https://other.example/"));
                }));
    }

    private CommandRun toPalette(Consumer<PaletteSandbox> preparation) throws Exception {
        return toPalette(preparation, "");
    }

    private CommandRun toPalette(Consumer<PaletteSandbox> preparation, String wrongKey) throws Exception {
        try (PaletteSandbox palette = PaletteSandbox.start()) {
            preparation.accept(palette);
            return CommandRun.in(folder)
                    .with(sandbox.environment())
                    .with("PALETTE_API_KEY", wrongKey.isEmpty() ? palette.apiKey() : wrongKey)
                    .java("-D" + Limits.PROPERTY + "=" + PATIENT.toProperty())
                    .run(
                            "publish",
                            "--repository-name",
                            "acme",
                            "--palette-url",
                            palette.uri().toString(),
                            "--palette-registry",
                            PALETTE_REGISTRY,
                            pack.toString());
        }
    }

    private void packs() {
        trouble("… The link leads out of the pack, to ….", () -> link("/etc/passwd"));
        trouble("… The link leads nowhere. Remove it, or mend what it points to.", () -> link("missing"));
        trouble(
                "… It is neither a file nor a folder nor a link (a device, a pipe or a socket). Remove it.",
                () -> shell("mkfifo pipe"));
        trouble(
                "… The name is not UTF-8, or this machine's locale is not. Rename the file, or set LC_ALL=C.UTF-8.",
                () -> shell("touch \"$(printf 'bad-\\377')\""));
        trouble(
                "… The file changed while it was archived. Publish when nothing writes to the pack's folder any more.",
                this::changing);
        trouble("… The file is not JSON (line …, column …): …", () -> packJson("\"layer\"", "// layer"));
        trouble(
                "… The file begins with a byte order mark. Save it as plain UTF-8.",
                () -> packJson("{\n", "\uFEFF{\n"));
        trouble(
                "… The version … holds a '+', which semantic versions allow but OCI tags do not, and the version"
                        + " becomes the tag. …",
                () -> packJson("1.0.0", "1.0.0+7"));
        trouble("… The name … cannot be part of a repository's name in ECR. …", () -> packJson("sample", "Sample"));
        trouble(
                "… The file is missing, so this folder is not a pack. It holds packs, such as …: name them, or use a"
                        + " pattern that ends with '/*'.",
                () -> shell("mkdir inner && mv pack.json inner"));
        trouble(
                "… The file is a Git LFS pointer, not the file that it stands for. …",
                () -> shell("printf 'version https://git-lfs.github.com/spec/v1\n' > values.yaml"));
        trouble(
                "… The file looks like …. Whoever can pull the pack can read it. …",
                () -> shell("printf 'DB_PASSWORD=hunter2\n' > .env"));
        trouble(
                "… Helm does not take the chart: …",
                () -> shell("mkdir charts && tar -czf charts/a.tgz README.md"
                        + " && sed -i 's#manifests/config.yaml#charts/a.tgz#; s#kubeManifests#charts#' pack.json"));
        trouble(
                "… is YAML, but not to Helm and Kubernetes, which refuse the file. …",
                () -> shell("printf 'pack:\n  a: \"b\\\\/c\"\n' > values.yaml"));
    }
}
