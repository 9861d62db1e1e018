package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.palette.PackVersion;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteResult;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
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
import java.util.Optional;
import java.util.stream.Collectors;
import software.amazon.awssdk.http.SdkHttpClient;

/** A Palette that fails at first, then takes its time, and lists the packs in the end. */
final class DemoPalette implements AutoCloseable {

    static final String REGISTRY = "my-ecr";

    /** As in use, but Palette is asked more often. */
    static final Limits LIMITS = Limits.DEFAULT.withPoll(Duration.ofMillis(300));

    private static final int LAG = 3;

    private final PaletteSandbox sandbox;

    private DemoPalette(PaletteSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** Starts a Palette that reads a registry. */
    static DemoPalette start(EcrSandbox ecr, String basePath) throws IOException {
        PaletteSandbox sandbox = PaletteSandbox.start();
        FakePaletteRegistry registry = sandbox.addRegistry(REGISTRY, ecr, basePath);
        sandbox.fault(
                1, PaletteSandbox.listsRegistries(), Fault.paletteError(503, "ServiceUnavailable", "Try again later"));
        registry.nextSync(
                SyncStep.of("Pending"),
                SyncStep.of("InProgress"),
                new SyncStep("Failed", "the registry did not answer in time"));
        registry.nextSync("Pending", "InProgress", "InProgress", "Success");
        registry.listingLag(LAG);
        return new DemoPalette(sandbox);
    }

    String host() {
        return sandbox.host();
    }

    /** What the options would say. */
    PaletteTarget target(boolean alwaysSync) {
        return PaletteTarget.builder(sandbox.apiKey())
                .url(sandbox.uri().toString())
                .registryName(REGISTRY)
                .alwaysSync(alwaysSync)
                .build();
    }

    /** Syncs again; whether all packs are listed then. */
    boolean syncAgain(List<PackVersion> packs, PrintWriter out) throws InterruptedException {
        out.println("$ spectro-pack sync --palette-registry " + REGISTRY + " "
                + packs.stream().map(PackVersion::toString).collect(Collectors.joining(" ")));
        PaletteResult result;
        try (SdkHttpClient http = new Environment(name -> null, request -> {}).httpClient(TlsTrust.DEFAULT)) {
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
