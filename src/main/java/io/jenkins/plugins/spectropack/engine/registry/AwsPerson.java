package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProcessCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The session of a person who signed in with a profile, by IAM Identity Center or {@code aws login}. It is asked of AWS' own
 * command line, which began it and renews it: the modules of the SDK that could are not part of the engine. Runs where the
 * registry is opened.
 */
final class AwsPerson implements AwsCredentialsProvider, SdkAutoCloseable {

    private final String profile;
    private final String login;
    private final ProcessCredentialsProvider process;

    private AwsPerson(String profile, String login) {
        this.profile = profile;
        this.login = login + " --profile " + profile;
        process = ProcessCredentialsProvider.builder()
                .command(List.of("aws", "configure", "export-credentials", "--profile", profile, "--format", "process"))
                .build();
    }

    /** The session that a profile is for; empty if it is not for a person. */
    static Optional<AwsPerson> of(Profile profile) {
        if (Stream.of("sso_session", ProfileProperty.SSO_START_URL).anyMatch(profile.properties()::containsKey)) {
            return Optional.of(new AwsPerson(profile.name(), "aws sso login"));
        }
        return profile.properties().containsKey(ProfileProperty.LOGIN_SESSION)
                ? Optional.of(new AwsPerson(profile.name(), "aws login"))
                : Optional.empty();
    }

    /**
     * The keys of the session.
     *
     * @throws MissingCredentials if there is none
     */
    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return process.resolveCredentials();
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof IOException)) {
                cause = cause.getCause();
            }
            throw MissingCredentials.because(
                    "The AWS profile '" + Printable.of(profile)
                            + "' signs in a person, whose session AWS' own command line knows; but "
                            + (cause instanceof IOException
                                    ? "there is no 'aws' here. Install AWS CLI 2 and run '"
                                    : "it said: " + Reasons.of(cause) + ". Run '")
                            + Printable.of(login)
                            + "'; where no person is, as on an agent of Jenkins, use an access key or a role.",
                    e);
        }
    }

    @Override
    public void close() {
        process.close();
    }

    @Override
    public String toString() {
        return "AwsPerson[hidden]";
    }
}
