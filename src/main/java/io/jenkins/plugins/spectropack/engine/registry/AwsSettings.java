package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Reasons;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;
import software.amazon.awssdk.utils.SystemSetting;

/**
 * What the AWS SDK reads from the environment and the configuration files of its process, read from a step's environment first: the
 * SDK itself can look at its own process only. Reads files where the work is done. Source of names and order: AWS SDKs and Tools
 * reference guide, "Settings reference".
 */
final class AwsSettings {

    private static final String DEFAULT_PROFILE = "default";

    private final StepEnvironment environment;
    private final Optional<String> chosenProfile;
    private final ProfileFile files;

    /**
     * Reads the configuration files.
     *
     * @param chosenProfile that the user names, whatever the environment says
     * @throws RegistryException if there are files that make no sense
     */
    AwsSettings(StepEnvironment environment, Optional<String> chosenProfile) throws RegistryException {
        this.environment = environment;
        this.chosenProfile = chosenProfile;
        try {
            ProfileFile.Aggregator found = ProfileFile.aggregator();
            file(ProfileFileSystemSetting.AWS_SHARED_CREDENTIALS_FILE, "credentials")
                    .ifPresent(path -> found.addFile(read(path, ProfileFile.Type.CREDENTIALS)));
            file(ProfileFileSystemSetting.AWS_CONFIG_FILE, "config")
                    .ifPresent(path -> found.addFile(read(path, ProfileFile.Type.CONFIGURATION)));
            files = found.build();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw RegistryException.permanent(
                    "The configuration files of AWS cannot be read: " + Reasons.of(e)
                            + ". Correct them, or name others with AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE.",
                    e);
        }
    }

    private Optional<Path> file(SystemSetting setting, String name) {
        Path path = get(setting)
                .map(environment::path)
                .orElseGet(() -> environment.home().resolve(".aws").resolve(name));
        return Optional.of(path).filter(Files::isRegularFile).filter(Files::isReadable);
    }

    private static ProfileFile read(Path path, ProfileFile.Type type) {
        return ProfileFile.builder().content(path).type(type).build();
    }

    StepEnvironment environment() {
        return environment;
    }

    /** A setting: of the step, else of Java's system properties, else of the process' environment. */
    Optional<String> get(SystemSetting setting) {
        String name = setting.environmentVariable();
        return environment.own(name).or(() -> property(setting.property())).or(() -> environment.get(name));
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    ProfileFile files() {
        return files;
    }

    /** The name of the profile that counts. */
    String profileName() {
        return chosenProfile.or(() -> get(ProfileFileSystemSetting.AWS_PROFILE)).orElse(DEFAULT_PROFILE);
    }

    /** Whether anybody says which profile is meant. */
    boolean namesProfile() {
        return chosenProfile.isPresent()
                || get(ProfileFileSystemSetting.AWS_PROFILE).isPresent();
    }

    /** Whether it is the step that says which profile is meant, or in which file it stands. */
    boolean isProfileOfStep() {
        return Stream.of(ProfileFileSystemSetting.values())
                .anyMatch(setting ->
                        environment.own(setting.environmentVariable()).isPresent());
    }

    /** The profile that counts, if the files have it. */
    Optional<Profile> profile() {
        return files.profile(profileName());
    }

    private Optional<String> ofProfile(String property) {
        return profile()
                .flatMap(profile -> profile.property(property))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /**
     * The region: of the step, of the profile that the step or the user names, of the machine, of the machine's profile. The
     * machine that this runs on is not asked where it stands, since the registry may well be elsewhere.
     */
    Optional<String> region() {
        String variable = SdkSystemSetting.AWS_REGION.environmentVariable();
        Optional<String> ofProfile = ofProfile(ProfileProperty.REGION);
        return environment
                .own(variable)
                .or(() -> environment.own("AWS_DEFAULT_REGION"))
                .or(() -> chosenProfile.isPresent() || isProfileOfStep() ? ofProfile : Optional.empty())
                .or(() -> get(SdkSystemSetting.AWS_REGION))
                .or(() -> environment.get("AWS_DEFAULT_REGION"))
                .or(() -> ofProfile);
    }

    /**
     * The URL of a service, where it is not AWS's own.
     *
     * @param service as variables and profiles name it: {@code ecr}, {@code sts}
     * @throws RegistryException if it is no URL that keys may go to
     */
    Optional<URI> endpoint(String service) throws RegistryException {
        if (isOn("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls")) {
            return Optional.empty();
        }
        String own = "AWS_ENDPOINT_URL_" + service.toUpperCase(Locale.ROOT);
        Optional<String> url = environment
                .own(own)
                .or(() -> environment.own("AWS_ENDPOINT_URL"))
                .or(() -> property(
                        "aws.endpointUrl" + service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1)))
                .or(() -> environment.get(own))
                .or(() -> property("aws.endpointUrl"))
                .or(() -> environment.get("AWS_ENDPOINT_URL"))
                .or(() -> ofProfile("services")
                        .flatMap(name -> files.getSection("services", name))
                        .flatMap(section -> section.property(service + "." + ProfileProperty.ENDPOINT_URL)))
                .or(() -> ofProfile(ProfileProperty.ENDPOINT_URL));
        Optional<String> problem = url.flatMap(EcrTarget::endpointProblem);
        if (problem.isPresent()) {
            throw RegistryException.permanent(
                    "The AWS settings name an endpoint for " + service.toUpperCase(Locale.ROOT) + " (" + own
                            + ", AWS_ENDPOINT_URL or a profile's endpoint_url). " + problem.get());
        }
        return url.map(URI::create);
    }

    /** Whether AWS's own endpoints are to be those of FIPS. */
    boolean fips() {
        return isOn(SdkSystemSetting.AWS_USE_FIPS_ENDPOINT, ProfileProperty.USE_FIPS_ENDPOINT);
    }

    /** Whether AWS's own endpoints are to be those that speak IPv6, too. */
    boolean dualStack() {
        return isOn(SdkSystemSetting.AWS_USE_DUALSTACK_ENDPOINT, ProfileProperty.USE_DUALSTACK_ENDPOINT);
    }

    private boolean isOn(SystemSetting setting, String property) {
        return get(setting)
                .or(() -> ofProfile(property))
                .map(Boolean::parseBoolean)
                .orElse(false);
    }

    private boolean isOn(String variable, String property) {
        return environment
                .get(variable)
                .or(() -> ofProfile(property))
                .map(Boolean::parseBoolean)
                .orElse(false);
    }
}
