package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.PackVersion;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteException;
import io.jenkins.plugins.spectropack.engine.palette.PaletteResult;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.palette.ReadAccess;
import io.jenkins.plugins.spectropack.engine.palette.RegistryPlace;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.FakePaletteRegistry;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import io.jenkins.plugins.spectropack.sandbox.SyncStep;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpClient;

/** A Palette that has no registry at first, does what it is asked, and fails when it is told to. */
final class DemoPalette implements AutoCloseable {

    static final String REGISTRY = "my-ecr";

    /** As in use, but Palette is asked more often. */
    static final Limits LIMITS = Limits.DEFAULT.withPoll(Duration.ofMillis(300));

    private static final int LAG = 3;

    private final PaletteSandbox sandbox;
    private final EcrSandbox ecr;
    private final String basePath;

    private DemoPalette(PaletteSandbox sandbox, EcrSandbox ecr, String basePath) {
        this.sandbox = sandbox;
        this.ecr = ecr;
        this.basePath = basePath;
    }

    /** Starts a Palette that gets to a registry once it is added. */
    static DemoPalette start(EcrSandbox ecr, String basePath) throws IOException {
        PaletteSandbox sandbox = PaletteSandbox.start();
        sandbox.reaches(ecr);
        return new DemoPalette(sandbox, ecr, basePath);
    }

    /** Adds the registry, as {@code spectro-pack register} does. */
    void register(PrintWriter out) throws InterruptedException, PaletteException {
        String role = "arn:aws:iam::" + ecr.accountId() + ":role/palette";
        String host = ecr.registryHost();
        out.println("$ spectro-pack register --palette-registry " + REGISTRY + " --registry http://" + host + "/"
                + basePath + " \\");
        out.println("    --role-arn " + role + " --external-id " + sandbox.externalId());
        PaletteTarget target = builder()
                .register(new ReadAccess.Role(role, sandbox.externalId()))
                .build();
        try (SdkHttpClient http = client()) {
            new Palette(target, http, LIMITS)
                    .register(new RegistryPlace(host, basePath), false, line -> out.println("  " + line));
        }
    }

    /** From now on it is not there once, its next sync fails, and the one after that takes its time. */
    void fail() {
        sandbox.fault(
                1, PaletteSandbox.listsRegistries(), Fault.paletteError(503, "ServiceUnavailable", "Try again later"));
        FakePaletteRegistry registry = sandbox.registry(REGISTRY).orElseThrow();
        registry.nextSync(
                SyncStep.of("Pending"),
                SyncStep.of("InProgress"),
                new SyncStep("Failed", "the registry did not answer in time"));
        registry.nextSync("Pending", "InProgress", "InProgress", "Success");
        registry.listingLag(LAG);
    }

    /** From now on packs are listed as soon as a sync has ended. */
    void recover() {
        sandbox.registry(REGISTRY).orElseThrow().listingLag(0);
    }

    /** What commands in another shell need. */
    Map<String, String> environment() {
        return Map.of("PALETTE_API_KEY", sandbox.apiKey());
    }

    /** The options that name the registry here. */
    String options() {
        return "--palette-registry " + REGISTRY + " --palette-url " + sandbox.uri();
    }

    private PaletteTarget.Builder builder() {
        return PaletteTarget.builder(sandbox.apiKey())
                .url(sandbox.uri().toString())
                .registryName(REGISTRY);
    }

    private static SdkHttpClient client() {
        return new Environment(name -> null, request -> {}).httpClient(TlsTrust.DEFAULT);
    }

    String host() {
        return sandbox.host();
    }

    /** What the options would say. */
    PaletteTarget target(boolean alwaysSync) {
        return builder().alwaysSync(alwaysSync).build();
    }

    /** Syncs again; whether all packs are listed then. */
    boolean syncAgain(List<PackVersion> packs, PrintWriter out) throws InterruptedException {
        out.println("$ spectro-pack sync --palette-registry " + REGISTRY + " "
                + packs.stream().map(PackVersion::toString).collect(Collectors.joining(" ")));
        PaletteResult result;
        try (SdkHttpClient http = client()) {
            result = new Palette(target(false), http, LIMITS)
                    .run(Palette.Work.SYNC, Optional.empty(), packs, line -> out.println("  " + line));
        }
        result.packs().forEach((pack, status) -> out.println("  " + status + " " + pack));
        result.problem().ifPresent(problem -> out.println("  Error: " + problem));
        return result.problem().isEmpty()
                && result.packs().values().stream().allMatch(status -> status == PaletteStatus.LISTED);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
