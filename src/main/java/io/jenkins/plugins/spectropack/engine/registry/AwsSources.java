package io.jenkins.plugins.spectropack.engine.registry;

import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.utils.SystemSetting;

/**
 * Looks where AWS credentials come from if nobody names them: the first place that has any, of the step before those of the
 * machine, in the order of the AWS SDK's default chain. A place that does not work is told and not passed over, since the next
 * one may well be somebody else. The SDK's own chain is not used for that reason, because it looks at nothing but its process,
 * and because it finds an HTTP client for STS by service loader, which in Jenkins depends on the class loader of the thread.
 */
final class AwsSources {

    private static final SystemSetting ID = SdkSystemSetting.AWS_ACCESS_KEY_ID;
    private static final SystemSetting SECRET = SdkSystemSetting.AWS_SECRET_ACCESS_KEY;
    private static final SystemSetting TOKEN = SdkSystemSetting.AWS_SESSION_TOKEN;
    private static final SystemSetting ROLE = SdkSystemSetting.AWS_ROLE_ARN;
    private static final SystemSetting IDENTITY = SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE;
    private static final SystemSetting RELATIVE = SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
    private static final SystemSetting FULL = SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI;

    private final AwsSettings settings;
    private final AwsProfiles profiles;

    AwsSources(AwsSettings settings) {
        this.settings = settings;
        profiles = new AwsProfiles(settings, this);
    }

    /** Where the credentials come from. */
    AwsSource find() {
        return ofStep().orElseGet(this::ofMachine);
    }

    private Optional<AwsSource> ofStep() {
        if (isOwn(ID, SECRET)) {
            return Optional.of(new AwsSource("the access key in the step's environment", this::environment));
        }
        if (isOwn(IDENTITY) || isOwn(ROLE) && isSet(IDENTITY)) {
            return Optional.of(new AwsSource("the web identity in the step's environment" + role(), this::webIdentity));
        }
        if (settings.isProfileOfStep() && profiles.isMeant()) {
            return Optional.of(new AwsSource(
                    "the profile '" + settings.profileName() + "' that the step's environment names", profiles::open));
        }
        return isOwn(RELATIVE, FULL)
                ? Optional.of(
                        new AwsSource("the container credentials that the step's environment names", this::container))
                : Optional.empty();
    }

    private AwsSource ofMachine() {
        if (System.getProperty(ID.property()) != null) {
            return ofMachine(
                    "Java's system properties",
                    session -> session.signWith(SystemPropertyCredentialsProvider.create()));
        }
        if (isSet(ID) || isSet(SECRET)) {
            return ofMachine("environment variables", this::environment);
        }
        if (isSet(IDENTITY)) {
            return ofMachine("web identity" + role(), this::webIdentity);
        }
        if (profiles.isMeant()) {
            return ofMachine("profile '" + settings.profileName() + "'", profiles::open);
        }
        return isSet(RELATIVE) || isSet(FULL)
                ? ofMachine("container", session -> session.signWith(ContainerCredentialsProvider.create()))
                : ofMachine("instance profile", session -> session.signWith(instanceProfile()));
    }

    private static AwsSource ofMachine(String which, AwsSource.Opening opening) {
        return new AwsSource("the machine's own AWS credentials (" + which + ")", opening);
    }

    private boolean isOwn(SystemSetting... any) {
        return Stream.of(any)
                .anyMatch(setting -> settings.environment()
                        .own(setting.environmentVariable())
                        .isPresent());
    }

    private boolean isSet(SystemSetting setting) {
        return settings.get(setting).isPresent();
    }

    private String role() {
        return settings.get(ROLE).map(arn -> ", as " + arn).orElse("");
    }

    /** The access key that variables hold. */
    void environment(AwsSession session) throws RegistryException {
        String id = required(ID, SECRET);
        String secret = required(SECRET, ID);
        // A token belongs to its key: that of the machine is none for a key of the step.
        Optional<String> token =
                isOwn(ID) ? settings.environment().own(TOKEN.environmentVariable()) : settings.get(TOKEN);
        AwsCredentials key = token.<AwsCredentials>map(text -> AwsSessionCredentials.create(id, secret, text))
                .orElseGet(() -> AwsBasicCredentials.create(id, secret));
        session.signWith(StaticCredentialsProvider.create(key));
    }

    private void webIdentity(AwsSession session) throws RegistryException {
        String arn = required(ROLE, IDENTITY);
        session.assumeWithToken(
                arn,
                settings.environment().path(required(IDENTITY, ROLE)),
                settings.get(SdkSystemSetting.AWS_ROLE_SESSION_NAME));
    }

    private String required(SystemSetting setting, SystemSetting other) throws RegistryException {
        return settings.get(setting)
                .orElseThrow(() -> RegistryException.permanent(other.environmentVariable() + " is set, but "
                        + setting.environmentVariable() + " is not. Set both, or neither."));
    }

    /** The credentials that the environment's container gives. */
    void container(AwsSession session) throws RegistryException {
        session.signWith(new AwsContainer(settings));
    }

    /** The credentials of the instance that this runs on. */
    InstanceProfileCredentialsProvider instanceProfile() {
        return InstanceProfileCredentialsProvider.builder()
                .profileFile(settings.files())
                .profileName(settings.profileName())
                .build();
    }
}
