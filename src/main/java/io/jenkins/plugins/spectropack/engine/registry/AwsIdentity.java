package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Who signs requests to AWS: an access key, a profile of the machine, or whoever the step's environment or else the machine says;
 * and the role that this one assumes. Travels from the controller to the agent, which the SDK's own classes cannot; what it does
 * not hold itself is looked up there. Never stored; shows nothing when it is printed.
 */
public final class AwsIdentity implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final String NAME = "spectro-pack-publisher";
    private static final int LONGEST_NAME = 64;
    private static final int SHORTEST_NAME = 2;

    private final Key key;
    private final String profile;
    private final AwsRole role;
    private final StepEnvironment environment;
    private final String sessionName;

    /** An access key and where it comes from. */
    private record Key(String id, String secret, String token, String source) implements Serializable {

        AwsCredentials credentials() {
            return token == null
                    ? AwsBasicCredentials.create(id, secret)
                    : AwsSessionCredentials.create(id, secret, token);
        }

        @Override
        public String toString() {
            return "Key[hidden]";
        }
    }

    private AwsIdentity(Key key, String profile, AwsRole role, StepEnvironment environment, String sessionName) {
        this.key = key;
        this.profile = profile;
        this.role = role;
        this.environment = environment;
        this.sessionName = sessionName;
    }

    /** Whoever the environment says, or else the machine that opens the registry: variables, profile, role. */
    public static AwsIdentity ofMachine() {
        return new AwsIdentity(null, null, null, StepEnvironment.NONE, NAME);
    }

    /**
     * A profile of AWS' configuration files on the machine that opens the registry.
     *
     * @param name as the files have it
     */
    public static AwsIdentity ofProfile(String name) {
        return new AwsIdentity(null, Objects.requireNonNull(name), null, StepEnvironment.NONE, NAME);
    }

    /** An access key, with the session token of one that AWS gave for a while. */
    public static AwsIdentity of(AwsCredentials credentials) {
        return of(credentials, "the access key that was given");
    }

    /**
     * The same, from where the log can tell.
     *
     * @param source within a sentence: "the credential 'aws-packs'"
     */
    public static AwsIdentity of(AwsCredentials credentials, String source) {
        Key key = new Key(
                Objects.requireNonNull(credentials.accessKeyId()),
                Objects.requireNonNull(credentials.secretAccessKey()),
                credentials instanceof AwsSessionCredentials session ? session.sessionToken() : null,
                Printable.of(source));
        return new AwsIdentity(key, null, null, StepEnvironment.NONE, NAME);
    }

    /**
     * The same for a step.
     *
     * @param variables that count before those of the machine
     * @param name what AWS' own log, CloudTrail, shall call sessions; STS gets what it takes of it
     */
    public AwsIdentity in(StepEnvironment variables, String name) {
        return new AwsIdentity(key, profile, role, variables, sessionName(name));
    }

    /** The same, which assumes a role. */
    public AwsIdentity as(Optional<AwsRole> assumed) {
        return new AwsIdentity(key, profile, assumed.orElse(null), environment, sessionName);
    }

    /** 64 characters of a few kinds. The end of a long name stays, where a build has its number. */
    private static String sessionName(String wish) {
        String name = wish.replaceAll("[^A-Za-z0-9_+=,.@-]", "-");
        if (name.length() > LONGEST_NAME) {
            name = name.substring(name.length() - LONGEST_NAME);
        }
        return name.length() < SHORTEST_NAME ? NAME : name;
    }

    /**
     * The region that environment or profile name.
     *
     * @throws RegistryException with a sentence if AWS' configuration files cannot be read
     */
    public Optional<String> region() throws RegistryException {
        return settings().region();
    }

    AwsSettings settings() throws RegistryException {
        return new AwsSettings(environment, Optional.ofNullable(profile));
    }

    /** Where it comes from, within a sentence. */
    String source() {
        return base() + (role == null ? "" : ", assuming the role " + role.arn());
    }

    private String base() {
        if (key != null) {
            return key.source();
        }
        if (profile != null) {
            return "the AWS profile '" + Printable.of(profile) + "' of the machine";
        }
        try {
            return new AwsSources(settings()).find().words();
        } catch (RegistryException e) {
            // Told when the registry is opened.
            return "the machine's own AWS credentials";
        }
    }

    /**
     * Begins to sign. Asks nobody yet.
     *
     * @param http the client that AWS is asked with
     * @param region where STS is asked
     * @param timeout of one request to STS
     * @throws RegistryException with a sentence if what is set cannot be meant
     */
    AwsSession open(SdkHttpClient http, AwsSettings settings, Region region, Duration timeout)
            throws RegistryException {
        AwsSession session = new AwsSession(http, settings, region, sessionName, timeout);
        boolean opened = false;
        try {
            if (key != null) {
                session.signWith(StaticCredentialsProvider.create(key.credentials()));
            } else if (profile != null) {
                new AwsProfiles(settings, new AwsSources(settings)).open(session);
            } else {
                new AwsSources(settings).find().opening().open(session);
            }
            if (role != null) {
                session.assume(role, Optional.empty(), Optional.empty());
            }
            opened = true;
            return session;
        } finally {
            if (!opened) {
                session.close();
            }
        }
    }

    @Override
    public String toString() {
        return "AwsIdentity[hidden]";
    }
}
