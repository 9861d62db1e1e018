package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Palette on loopback, as far as it has to do with registries of packs. Add a registry, point a client to {@link #uri} with
 * the key {@link #apiKey}, then look at what it was asked with {@link #requests}.
 */
public final class PaletteSandbox implements AutoCloseable {

    private static final String NAMESPACE = "spectro-packs/archive/";
    private static final int UID_BYTES = 12;

    private final Servers servers = new Servers("palette-sandbox");
    private final Random random = new Random();
    private final String apiKey = "sandbox" + hex() + hex();
    private final String projectUid = hex();
    private final PaletteHandler handler = new PaletteHandler(apiKey, projectUid);
    private final LoopbackServer server;

    private PaletteSandbox(Optional<SSLContext> tls) throws IOException {
        server = servers.bind(tls);
        server.serve(handler);
    }

    private String hex() {
        byte[] bytes = new byte[UID_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Starts a Palette that speaks HTTP and has no registry. */
    public static PaletteSandbox start() throws IOException {
        return new PaletteSandbox(Optional.empty());
    }

    /** Starts a Palette that speaks HTTPS and has no registry. */
    public static PaletteSandbox start(SSLContext tls) throws IOException {
        return new PaletteSandbox(Optional.of(tls));
    }

    /** The address of the API, for {@code --palette-url}. */
    public URI uri() {
        return server.uri();
    }

    /** Its host and port. */
    public String host() {
        return server.host();
    }

    /** The only key that the API takes. */
    public String apiKey() {
        return apiKey;
    }

    /** The uid of the only project. */
    public String projectUid() {
        return projectUid;
    }

    /** Adds a registry that reads a fake of ECR below a base. */
    public PaletteRegistryDouble addRegistry(String name, EcrSandbox ecr, String basePath) {
        return add(name, "ecr", ecr.registryHost(), basePath, () -> {
            List<String> names =
                    ecr.repositories().stream().map(Repository::name).toList();
            return content(names, ecr::tags, basePath);
        });
    }

    /** Adds a registry that reads another fake of an OCI registry below a base. */
    public PaletteRegistryDouble addRegistry(String name, OciSandbox oci, String basePath) {
        return add(
                name, "basic", oci.uri().toString(), basePath, () -> content(oci.repositories(), oci::tags, basePath));
    }

    /** Adds a registry that reads nothing that is there. */
    public PaletteRegistryDouble addRegistry(String name, String endpoint, String basePath) {
        return add(name, "ecr", endpoint, basePath, Map::of);
    }

    private PaletteRegistryDouble add(
            String name, String kind, String endpoint, String basePath, Supplier<Map<String, Set<String>>> content) {
        PaletteRegistryDouble registry = new PaletteRegistryDouble(hex(), name, kind, endpoint, basePath, content);
        handler.add(registry);
        return registry;
    }

    @FunctionalInterface
    private interface Tags {
        Map<String, String> of(String repository);
    }

    private static Map<String, Set<String>> content(List<String> repositories, Tags tags, String basePath) {
        String prefix = basePath + "/" + NAMESPACE;
        Map<String, Set<String>> content = new HashMap<>();
        repositories.stream()
                .filter(repository -> repository.startsWith(prefix))
                .forEach(repository -> content.put(
                        repository.substring(prefix.length()),
                        Set.copyOf(tags.of(repository).keySet())));
        return content;
    }

    /** Takes from the key the right to do anything, or gives it back. */
    public void forbid(boolean forbid) {
        handler.forbid(forbid);
    }

    /** What reached Palette. */
    public RequestLog requests() {
        return servers.requests();
    }

    /** Plans a fault for every request that matches and meets no fault planned before. */
    public PlannedFault fault(Predicate<Request> when, Fault fault) {
        return servers.faults().plan(when, fault, Integer.MAX_VALUE);
    }

    /** Plans a fault for so many of the next requests that match and meet no fault planned before. */
    public PlannedFault fault(int times, Predicate<Request> when, Fault fault) {
        return servers.faults().plan(when, fault, times);
    }

    /** Releases and forgets all faults. */
    public void clearFaults() {
        servers.faults().clear();
    }

    /** Requests for the list of registries. */
    public static Predicate<Request> listsRegistries() {
        return is(PaletteHandler.LIST);
    }

    /** Requests for one registry. */
    public static Predicate<Request> looksAtRegistry() {
        return is(PaletteHandler.GET);
    }

    /** Starts of a sync. */
    public static Predicate<Request> startsSync() {
        return is(PaletteHandler.START);
    }

    /** Requests for the status of a sync. */
    public static Predicate<Request> asksForStatus() {
        return is(PaletteHandler.STATUS);
    }

    /** Requests for the versions of a pack. */
    public static Predicate<Request> looksForPack() {
        return is(PaletteHandler.PACK);
    }

    private static Predicate<Request> is(String operation) {
        return request -> request.operation().equals(operation);
    }

    /** Cuts all connections. */
    @Override
    public void close() {
        servers.close();
    }
}
