package io.jenkins.plugins.spectropack.sandbox;

import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/**
 * The registries that the fake of Palette gets to, and with what: a role that trusts its account and external id, the keys of
 * the registry's own user, or its login.
 */
final class PaletteReach {

    private static final String ACCOUNT = "210987654321";
    private static final int UID_BYTES = 12;

    private final String externalId = hex();
    private final List<EcrSandbox> ecrs = new CopyOnWriteArrayList<>();
    private final List<Other> others = new CopyOnWriteArrayList<>();

    /**
     * A registry that is not ECR.
     *
     * @param address at which it is reached
     * @param caCertificate what its certificate comes from, in PEM; blank if everybody trusts it
     */
    private record Other(OciSandbox oci, URI address, String caCertificate) {}

    static String hex() {
        byte[] bytes = new byte[UID_BYTES];
        new Random().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    void add(EcrSandbox ecr) {
        ecrs.add(ecr);
    }

    void add(OciSandbox oci, URI address, String caCertificate) {
        others.add(new Other(oci, address, caCertificate));
    }

    String accountId() {
        return ACCOUNT;
    }

    String externalId() {
        return externalId;
    }

    /** What keeps Palette from reading a registry; nothing if it gets there. */
    Optional<Answer> problem(boolean isEcr, JsonNode spec) {
        String endpoint = spec.path("endpoint").asString("");
        if (isEcr) {
            Optional<EcrSandbox> ecr = ecr(endpoint);
            return ecr.isEmpty()
                    ? Optional.of(refused("is not reached"))
                    : problem(ecr.get(), spec.path("credentials"));
        }
        Optional<Other> other = other(endpoint);
        if (other.isEmpty()) {
            return Optional.of(refused("is not reached"));
        }
        JsonNode auth = spec.path("auth");
        String trusted = auth.path("tls").path("certificate").asString("");
        if (!trusted.strip().equals(other.get().caCertificate().strip())) {
            return Optional.of(refused("has a certificate that is not trusted"));
        }
        OciSandbox oci = other.get().oci();
        boolean known = auth.path("username").asString("").equals(oci.username())
                && auth.path("password").asString("").equals(oci.password());
        return known ? Optional.empty() : Optional.of(refused("does not take the login"));
    }

    private Optional<Answer> problem(EcrSandbox ecr, JsonNode credentials) {
        if (credentials.path("credentialType").asString("").equals("sts")) {
            boolean trusted = credentials
                            .path("sts")
                            .path("externalId")
                            .asString("")
                            .equals(externalId)
                    && credentials.path("sts").path("arn").asString("").contains("::" + ecr.accountId() + ":role/");
            return trusted ? Optional.empty() : Optional.of(refused("has no role that may be assumed"));
        }
        boolean known = credentials.path("accessKey").asString("").equals(ecr.accessKeyId())
                && credentials.path("secretKey").asString("").equals(ecr.secretAccessKey());
        return known ? Optional.empty() : Optional.of(refused("does not take the keys"));
    }

    private static Answer refused(String why) {
        return PaletteHandler.error(400, "RegistryValidationFailed", "The registry " + why);
    }

    private Optional<EcrSandbox> ecr(String endpoint) {
        return ecrs.stream().filter(ecr -> ecr.registryHost().equals(endpoint)).findFirst();
    }

    private Optional<Other> other(String endpoint) {
        return others.stream()
                .filter(other -> other.address().toString().equals(endpoint))
                .findFirst();
    }

    /** A registry of Palette that reads what is reached. */
    FakePaletteRegistry registry(String name, boolean isEcr, JsonNode spec) {
        String endpoint = spec.path("endpoint").asString("");
        String basePath = spec.path("baseContentPath").asString("");
        FakePaletteRegistry registry = new FakePaletteRegistry(
                hex(),
                name,
                isEcr ? "ecr" : "basic",
                endpoint,
                basePath,
                () -> isEcr
                        ? ecr(endpoint)
                                .map(ecr -> PaletteContent.of(ecr, basePath))
                                .orElse(Map.of())
                        : other(endpoint)
                                .map(other -> PaletteContent.of(other.oci(), basePath))
                                .orElse(Map.of()));
        registry.provider(spec.path("providerType").asString("helm"));
        if (!spec.path("isSyncSupported").asBoolean(false)) {
            registry.unsyncable();
        }
        return registry;
    }
}
