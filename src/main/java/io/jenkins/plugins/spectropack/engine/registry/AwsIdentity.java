package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.io.Serializable;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Who signs requests to AWS: an access key, a profile of the machine, or whoever the machine is. Travels from the controller to the agent,
 * which the SDK's own classes cannot. Never stored; shows nothing when it is printed.
 */
public final class AwsIdentity implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final AwsIdentity OF_MACHINE =
            new AwsIdentity(null, null, null, null, "the machine's own AWS credentials");

    private final String accessKeyId;
    private final String secretAccessKey;
    private final String sessionToken;
    private final String profile;
    private final String source;

    private AwsIdentity(
            String accessKeyId, String secretAccessKey, String sessionToken, String profile, String source) {
        this.accessKeyId = accessKeyId;
        this.secretAccessKey = secretAccessKey;
        this.sessionToken = sessionToken;
        this.profile = profile;
        this.source = Printable.of(source);
    }

    /** The AWS credentials of the machine that opens the registry: environment, profile, role. */
    public static AwsIdentity ofMachine() {
        return OF_MACHINE;
    }

    /**
     * A profile of AWS' configuration files on the machine that opens the registry.
     *
     * @param name as the files have it
     */
    public static AwsIdentity ofProfile(String name) {
        return new AwsIdentity(
                null, null, null, Objects.requireNonNull(name), "the AWS profile '" + name + "' of the machine");
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
        return new AwsIdentity(
                Objects.requireNonNull(credentials.accessKeyId()),
                Objects.requireNonNull(credentials.secretAccessKey()),
                credentials instanceof AwsSessionCredentials session ? session.sessionToken() : null,
                null,
                source);
    }

    /** Where it comes from, within a sentence. */
    String source() {
        return source;
    }

    /**
     * Begins to sign. Looks nothing up yet.
     *
     * @param http the client that AWS is asked with, where the machine's own credentials need that
     * @param region where it is asked
     */
    AwsCredentialChain open(SdkHttpClient http, String region) {
        if (profile != null) {
            return AwsCredentialChain.of(ProfileCredentialsProvider.create(profile));
        }
        return accessKeyId == null
                ? AwsCredentialChain.ofMachine(http, region)
                : AwsCredentialChain.of(StaticCredentialsProvider.create(credentials()));
    }

    private AwsCredentials credentials() {
        return sessionToken == null
                ? AwsBasicCredentials.create(accessKeyId, secretAccessKey)
                : AwsSessionCredentials.create(accessKeyId, secretAccessKey, sessionToken);
    }

    @Override
    public String toString() {
        return "AwsIdentity[hidden]";
    }
}
