package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * The credentials of a profile in AWS' configuration files. Profiles with a role are read here, because the SDK would ask STS
 * through an HTTP client of its own; the others are left to the SDK. Source: AWS SDKs and Tools reference guide, "Assume role
 * credential provider".
 */
final class AwsProfiles {

    private final AwsSettings settings;
    private final AwsSources sources;

    AwsProfiles(AwsSettings settings, AwsSources sources) {
        this.settings = settings;
        this.sources = sources;
    }

    /** Whether the profile that counts is to give the credentials: somebody named it, or it has some. */
    boolean isMeant() {
        Optional<Profile> profile = settings.profile();
        return profile.isPresent() ? hasCredentials(profile.get()) : settings.namesProfile();
    }

    private static boolean hasCredentials(Profile profile) {
        return Stream.of(
                        ProfileProperty.AWS_ACCESS_KEY_ID,
                        ProfileProperty.ROLE_ARN,
                        ProfileProperty.CREDENTIAL_PROCESS,
                        ProfileProperty.SSO_START_URL,
                        ProfileProperty.LOGIN_SESSION,
                        "sso_session")
                .anyMatch(profile.properties()::containsKey);
    }

    /** Has a session sign with the profile that counts. */
    void open(AwsSession session) throws RegistryException {
        open(settings.profileName(), session, new HashSet<>());
    }

    private void open(String name, AwsSession session, Set<String> seen) throws RegistryException {
        Profile profile = settings.files()
                .profile(name)
                .orElseThrow(() -> problem(name, "is not in AWS' configuration files. Add it, or name another one."));
        Optional<String> role = profile.property(ProfileProperty.ROLE_ARN);
        if (role.isEmpty() || !seen.add(name)) {
            sign(profile, session);
            return;
        }
        if (profile.property(ProfileProperty.MFA_SERIAL).isPresent()) {
            throw problem(name, "needs a code of an MFA device, which nobody can be asked for here. Use one without.");
        }
        Optional<String> sessionName = profile.property(ProfileProperty.ROLE_SESSION_NAME);
        Optional<String> token = profile.property(ProfileProperty.WEB_IDENTITY_TOKEN_FILE);
        if (token.isPresent()) {
            session.assumeWithToken(role.get(), settings.environment().path(token.get()), sessionName);
            return;
        }
        openSource(profile, session, seen);
        session.assume(
                new AwsRole(
                        role.get(),
                        profile.property(ProfileProperty.EXTERNAL_ID).orElse("")),
                sessionName,
                profile.property(ProfileProperty.DURATION_SECONDS));
    }

    /** Who assumes a profile's role. */
    private void openSource(Profile profile, AwsSession session, Set<String> seen) throws RegistryException {
        Optional<String> source = profile.property(ProfileProperty.SOURCE_PROFILE);
        if (source.isPresent()) {
            open(source.get(), session, seen);
            return;
        }
        String kind = profile.property(ProfileProperty.CREDENTIAL_SOURCE).orElse("");
        switch (kind) {
            case "Environment" -> sources.environment(session);
            case "EcsContainer" -> sources.container(session);
            case "Ec2InstanceMetadata" -> session.signWith(sources.instanceProfile());
            default ->
                throw problem(
                        profile.name(),
                        "has a role_arn, but does not say who assumes it. Give it a source_profile or a"
                                + " credential_source.");
        }
    }

    private void sign(Profile profile, AwsSession session) throws RegistryException {
        String name = profile.name();
        Optional<AwsPerson> person = AwsPerson.of(profile);
        if (person.isPresent()) {
            session.signWith(person.get());
            return;
        }
        try {
            session.signWith(ProfileCredentialsProvider.builder()
                    .profileFile(settings.files())
                    .profileName(name)
                    .build());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw problem(name, "cannot be used: " + Printable.of(String.valueOf(e.getMessage())));
        }
    }

    private static RegistryException problem(String name, String what) {
        return RegistryException.permanent("The AWS profile '" + Printable.of(name) + "' " + what);
    }
}
