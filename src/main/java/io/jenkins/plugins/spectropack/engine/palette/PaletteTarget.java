package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.Setting;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A registry in Palette, the right to ask for it, and what to ask for. Travels from the controller to the agent and is never
 * stored, since it holds the API key; shows it nowhere.
 */
public final class PaletteTarget implements Serializable {

    /** The API of the service that Spectro Cloud runs. */
    public static final String DEFAULT_URL = "https://api.spectrocloud.com";

    /** How many minutes a sync is waited for unless the user says otherwise. */
    public static final int DEFAULT_TIMEOUT_MINUTES = 10;

    private static final long serialVersionUID = 1L;
    private static final int MAXIMUM_TIMEOUT_MINUTES = 24 * 60;

    private final String url;
    private final String registryName;
    private final String projectUid;
    private final String apiKey;
    private final boolean waits;
    private final Duration timeout;
    private final boolean alwaysSync;
    private final String caCertificates;
    private final ReadAccess access;

    private PaletteTarget(Builder builder) {
        url = builder.url;
        registryName = builder.registryName;
        projectUid = builder.projectUid;
        apiKey = builder.apiKey;
        waits = builder.waits;
        timeout = builder.timeout;
        alwaysSync = builder.alwaysSync;
        caCertificates = builder.caCertificates;
        access = builder.access;
    }

    /**
     * Begins to describe what Palette is asked.
     *
     * @param apiKey of a user who may see and sync the registry
     */
    public static Builder builder(String apiKey) {
        return new Builder(apiKey);
    }

    /** What a {@link PaletteTarget} is made of. */
    public static final class Builder {
        private final String apiKey;
        private String url = DEFAULT_URL;
        private String registryName = "";
        private String projectUid = "";
        private boolean waits = true;
        private Duration timeout = Duration.ofMinutes(DEFAULT_TIMEOUT_MINUTES);
        private boolean alwaysSync;
        private String caCertificates = "";
        private ReadAccess access;

        private Builder(String apiKey) {
            this.apiKey = strip(apiKey);
        }

        /** Palette's API: {@code https://HOST[:PORT]}; blank for {@link #DEFAULT_URL}. */
        public Builder url(String value) {
            url = strip(value).isEmpty() ? DEFAULT_URL : strip(value);
            return this;
        }

        /** The name that the registry has in Palette. */
        public Builder registryName(String value) {
            registryName = strip(value);
            return this;
        }

        /** The project to ask in; blank for the whole tenant, where registries are. */
        public Builder projectUid(String value) {
            projectUid = strip(value);
            return this;
        }

        /** Whether to wait for the sync and to look whether the packs are listed; true at first. */
        public Builder waits(boolean value) {
            waits = value;
            return this;
        }

        /** How long to wait in all, for the sync and for the list. */
        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        /** The same in minutes. */
        public Builder timeoutMinutes(int value) {
            return timeout(Duration.ofMinutes(value));
        }

        /** Whether to sync even if no pack is new in the registry. */
        public Builder alwaysSync(boolean value) {
            alwaysSync = value;
            return this;
        }

        /** Certificates of private CAs in PEM that the API's certificate may come from, too; blank for none. */
        public Builder caCertificates(String value) {
            caCertificates = strip(value);
            return this;
        }

        /** What Palette shall read the registry with if it is not there yet and is added; null never to add it. */
        public Builder register(ReadAccess value) {
            access = value;
            return this;
        }

        /**
         * Checks everything that can be checked without asking Palette.
         *
         * @throws IllegalArgumentException with a sentence for the user
         */
        public PaletteTarget build() {
            PaletteUrl.problem(url)
                    .or(() -> registryNameProblem(registryName))
                    .or(() -> projectUidProblem(projectUid))
                    .or(() -> timeoutProblem(timeout))
                    .or(() -> apiKeyProblem(apiKey))
                    .or(() -> TlsTrust.problem(caCertificates, Setting.PALETTE_CA_CERTIFICATE))
                    .ifPresent(problem -> {
                        throw new IllegalArgumentException(problem);
                    });
            return new PaletteTarget(this);
        }
    }

    private static String strip(String text) {
        return Objects.requireNonNullElse(text, "").strip();
    }

    /** Says what is wrong with the name of a registry in Palette; empty if it may be one. */
    public static Optional<String> registryNameProblem(String name) {
        return strip(name).isEmpty()
                ? Optional.of("The name of the registry in Palette is missing. Give the name that it has there as "
                        + Setting.PALETTE_REGISTRY.words() + ", for example my-ecr.")
                : Optional.empty();
    }

    /** Says what is wrong with the uid of a project; empty if it is fine or not given. */
    public static Optional<String> projectUidProblem(String uid) {
        return strip(uid).matches("[A-Za-z0-9_-]*")
                ? Optional.empty()
                : Optional.of(
                        "'" + strip(uid) + "' is not the uid of a Palette project. Give the uid, which has letters"
                                + " and digits only, not the project's name; or leave "
                                + Setting.PALETTE_PROJECT.words() + " out for the whole tenant.");
    }

    /** Says what is wrong with the minutes to wait; empty if they are fine. */
    public static Optional<String> timeoutProblem(int minutes) {
        return timeoutProblem(Duration.ofMinutes(minutes));
    }

    private static Optional<String> timeoutProblem(Duration timeout) {
        return timeout.isZero() || timeout.isNegative() || timeout.toMinutes() > MAXIMUM_TIMEOUT_MINUTES
                ? Optional.of("The minutes to wait for Palette must be from 1 to " + MAXIMUM_TIMEOUT_MINUTES
                        + ". Change " + Setting.PALETTE_TIMEOUT.words() + ".")
                : Optional.empty();
    }

    /** Says what is wrong with an API key, without showing it; empty if it may be one. */
    public static Optional<String> apiKeyProblem(String apiKey) {
        if (strip(apiKey).isEmpty()) {
            return Optional.of(
                    "Palette's API key is missing or empty. Give it as " + Setting.PALETTE_API_KEY.words() + ".");
        }
        return strip(apiKey).matches("[!-~]+")
                ? Optional.empty()
                : Optional.of("Palette's API key holds a space, a line break or a letter that no API key has. Copy the"
                        + " key into " + Setting.PALETTE_API_KEY.words() + " again, without anything around it.");
    }

    /** Scheme, host and port of Palette's API. */
    URI origin() {
        URI uri = URI.create(url);
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
    }

    /** {@code HOST[:PORT]} of Palette's API. */
    public String host() {
        return origin().getRawAuthority();
    }

    /** The name that the registry has in Palette. */
    public String registryName() {
        return registryName;
    }

    /** Whether to sync even if no pack is new in the registry. */
    public boolean alwaysSync() {
        return alwaysSync;
    }

    /** Which certificates of the API are trusted; the HTTP client for it is made accordingly. */
    public TlsTrust trust() {
        return new TlsTrust(caCertificates, false);
    }

    /** What Palette shall read the registry with if it is added; empty never to add it. */
    Optional<ReadAccess> register() {
        return Optional.ofNullable(access);
    }

    /**
     * Says why what Palette shall read with opens no registry of a kind; empty if it may, or if none is to be added.
     *
     * @param isEcr whether the registry is one of AWS ECR
     */
    public Optional<String> registerProblem(boolean isEcr) {
        if (access == null || access.isForEcr() == isEcr) {
            return Optional.empty();
        }
        return Optional.of(
                isEcr
                        ? "Palette cannot read AWS ECR with a user name and a password. Give a role or AWS keys: "
                                + Setting.READ_WITH_AWS.words() + "."
                        : "Palette reads AWS ECR only with a role or AWS keys, and the packs go to another registry."
                                + " Give user name and password: " + Setting.READ_WITH_LOGIN.words() + ".");
    }

    /** The same where a login that Palette reads with also trusts a registry's private CA, unless it names one itself. */
    public PaletteTarget trusting(String caCertificatesOfRegistry) {
        if (!(access instanceof ReadAccess.Login login)
                || !login.caCertificates().isEmpty()) {
            return this;
        }
        return builder(apiKey)
                .url(url)
                .registryName(registryName)
                .projectUid(projectUid)
                .waits(waits)
                .timeout(timeout)
                .alwaysSync(alwaysSync)
                .caCertificates(caCertificates)
                .register(new ReadAccess.Login(login.username(), login.password(), caCertificatesOfRegistry))
                .build();
    }

    String projectUid() {
        return projectUid;
    }

    String apiKey() {
        return apiKey;
    }

    boolean waits() {
        return waits;
    }

    Duration timeout() {
        return timeout;
    }

    @Override
    public String toString() {
        return "PaletteTarget[" + url + ", " + registryName + "]";
    }
}
