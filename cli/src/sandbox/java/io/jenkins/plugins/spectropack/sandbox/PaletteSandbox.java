package io.jenkins.plugins.spectropack.sandbox;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Palette on loopback, as far as it has to do with registries of packs. Add a registry, point a client to {@link #uri} with
 * the key {@link #apiKey}, then look at what it was asked with {@link #requests}.
 */
public final class PaletteSandbox implements AutoCloseable {

    private final Servers servers = new Servers("palette-sandbox");
    private final String apiKey = "sandbox" + PaletteReach.hex() + PaletteReach.hex();
    private final String projectUid = PaletteReach.hex();
    private final PaletteReach reach = new PaletteReach();
    private final PaletteProjects projects = new PaletteProjects();
    private final FakePaletteProject project = projects.add(projectUid, "Default");
    private final PaletteHandler handler = new PaletteHandler(apiKey, projects, reach);
    private final LoopbackServer server;

    private PaletteSandbox(Optional<SSLContext> tls) throws IOException {
        server = servers.bind(tls);
        server.serve(handler);
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

    /** The uid of the project that is there from the start. */
    public String projectUid() {
        return projectUid;
    }

    /** That project. */
    public FakePaletteProject project() {
        return project;
    }

    /** What is above all projects. */
    public FakePaletteProject tenant() {
        return projects.tenant();
    }

    /** Adds a project. */
    public FakePaletteProject addProject(String name) {
        return projects.add(PaletteReach.hex(), name);
    }

    /** Adds a registry that reads a fake of ECR below a base. */
    public FakePaletteRegistry addRegistry(String name, EcrSandbox ecr, String basePath) {
        return add(name, "ecr", ecr.registryHost(), basePath, () -> PaletteContent.of(ecr, basePath));
    }

    /** Lets Palette get to a fake of ECR, so that somebody may add it. */
    public void reaches(EcrSandbox ecr) {
        reach.add(ecr);
    }

    /** The same for a fake of another registry, whose certificate everybody trusts. */
    public void reaches(OciSandbox oci) {
        reaches(oci, oci.uri(), "");
    }

    /** The same for one at another address, whose certificate is trusted only with that of its CA, in PEM. */
    public void reaches(OciSandbox oci, URI address, String caCertificate) {
        reach.add(oci, address, caCertificate);
    }

    /** What the trust policy of a role must ask for. */
    public String externalId() {
        return reach.externalId();
    }

    /** A registry that somebody has added. */
    public Optional<FakePaletteRegistry> registry(String name) {
        return handler.registry(name);
    }

    /** The names of the registries that there are. */
    public List<String> registries() {
        return handler.names();
    }

    /** Adds a registry that reads another fake of an OCI registry below a base. */
    public FakePaletteRegistry addRegistry(String name, OciSandbox oci, String basePath) {
        return add(name, "basic", oci.uri().toString(), basePath, () -> PaletteContent.of(oci, basePath));
    }

    /** Adds a registry that reads nothing that is there. */
    public FakePaletteRegistry addRegistry(String name, String endpoint, String basePath) {
        return add(name, "ecr", endpoint, basePath, Map::of);
    }

    private FakePaletteRegistry add(
            String name, String kind, String endpoint, String basePath, Supplier<Map<String, Set<String>>> content) {
        FakePaletteRegistry registry =
                new FakePaletteRegistry(PaletteReach.hex(), name, kind, endpoint, basePath, content);
        handler.add(registry);
        return registry;
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

    /** Forgets all faults, and cuts the connections of the requests that they hold up. */
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

    /** Validations of a registry. */
    public static Predicate<Request> validatesRegistry() {
        return is(PaletteHandler.VALIDATE);
    }

    /** Additions of a registry. */
    public static Predicate<Request> addsRegistry() {
        return is(PaletteHandler.ADD);
    }

    /** Requests for what the packs are used by. */
    public static Predicate<Request> looksForUses() {
        return is(PaletteProjects.PROJECTS)
                .or(is(PaletteProjects.PROFILES))
                .or(is(PaletteProjects.PROFILE))
                .or(is(PaletteProjects.CLUSTERS));
    }

    /** Requests for the clusters of a project. */
    public static Predicate<Request> listsClusters() {
        return is(PaletteProjects.CLUSTERS);
    }

    private static Predicate<Request> is(String operation) {
        return request -> request.operation().equals(operation);
    }

    /**
     * Cuts all connections.
     *
     * @throws IllegalStateException if something was asked or answered that breaks Palette's published description, in tests
     */
    @Override
    public void close() {
        servers.close();
        if (!handler.breaches().isEmpty()) {
            throw new IllegalStateException(String.join("\n", handler.breaches()));
        }
    }
}
