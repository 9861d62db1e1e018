package io.jenkins.plugins.spectropack.engine.util;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;

/**
 * What a user chooses and messages speak of, in the words of the entry point: an option on the command line, a parameter or a
 * field in Jenkins. Each of the two is built with a {@code settings.properties} of its own, so that the engine has one message
 * for both. Works wherever the engine does, on an agent as well.
 */
public enum Setting {
    /** Which packs are published. */
    PACKS,
    /** The name that a pack must have. */
    NAME,
    /** The version that a pack must have. */
    VERSION,
    /** What happens if a version exists with other content. */
    IF_EXISTS,
    /** How many packs are under way at once. */
    PARALLEL,
    /** Whether the log tells everything. */
    VERBOSE,
    /** That all packs of a registry are meant. */
    ALL_PACKS,
    /** How many of the newest versions stay. */
    KEEP_NEWEST,
    /** How old the versions are that go. */
    OLDER_THAN,
    /** Where what is pulled is put. */
    OUTPUT,
    /** Whether what is there is replaced by what is pulled. */
    REPLACE,
    /** Whether what is pulled stays an archive. */
    KEEP_ARCHIVE,
    /** The repository of ECR that packs lie below. */
    REPOSITORY_NAME,
    /** The region of ECR. */
    REGION,
    /** The AWS account that the registry must belong to. */
    ACCOUNT_ID,
    /** The address of the ECR API. */
    ENDPOINT,
    /** What AWS is asked with. */
    AWS_CREDENTIALS,
    /** Whether repositories that are missing are created. */
    CREATE_REPOSITORIES,
    /** The key that new repositories are encrypted with. */
    KMS_KEY,
    /** The tags of new repositories, as AWS understands them. */
    RESOURCE_TAGS,
    /** The lifecycle policy of new repositories. */
    LIFECYCLE_POLICY,
    /** The address of a registry that is not ECR. */
    REGISTRY_URL,
    /** What packs lie below in a registry that is not ECR. */
    BASE_PATH,
    /** The user name and password of a registry. */
    LOGIN,
    /** The certificates that are trusted besides those of Java, for a registry. */
    CA_CERTIFICATE,
    /** The address of Palette's API. */
    PALETTE_URL,
    /** The name that the registry has in Palette. */
    PALETTE_REGISTRY,
    /** The project in Palette. */
    PALETTE_PROJECT,
    /** What Palette is asked with. */
    PALETTE_API_KEY,
    /** How long Palette is waited for. */
    PALETTE_TIMEOUT,
    /** Whether Palette syncs even if no pack is new. */
    PALETTE_ALWAYS_SYNC,
    /** The certificates that are trusted besides those of Java, for Palette. */
    PALETTE_CA_CERTIFICATE,
    /** The role that Palette reads the registry with. */
    PALETTE_ROLE,
    /** The external id that this role asks for. */
    PALETTE_EXTERNAL_ID,
    /** The login that Palette reads the registry with. */
    PALETTE_LOGIN,
    /** The keys that Palette reads ECR with. */
    PALETTE_KEYS,
    /** The certificates that Palette trusts when it reads the registry. */
    PALETTE_READS_CA_CERTIFICATE,
    /** What Palette shall read AWS ECR with, if it adds the registry. */
    READ_WITH_AWS,
    /** What Palette shall read another registry with, if it adds it. */
    READ_WITH_LOGIN;

    private static final Properties WORDS = read("/io/jenkins/plugins/spectropack/settings.properties");

    /** Whose words come before the common ones; read by the threads that work for whoever said so. */
    private static volatile String speaker = "";

    private static Properties read(String resource) {
        Properties words = new Properties();
        try (InputStream stream = Setting.class.getResourceAsStream(resource);
                Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
            words.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words;
    }

    /**
     * Has all messages of this process use the words of one command, where it has words of its own. For an entry point whose
     * process does one thing; in Jenkins, where many builds share a process, all have the same words.
     *
     * @param name what the keys of its words begin with; empty for the common ones
     */
    public static void speakFor(String name) {
        speaker = name;
    }

    private static String property(String key) {
        return WORDS.getProperty(speaker + "." + key, WORDS.getProperty(key));
    }

    /** Its name, such as {@code --ca-cert}. */
    public String words() {
        return property(name());
    }

    /**
     * It with a value, such as {@code --if-exists skip}.
     *
     * @param value the constant that the engine calls it
     */
    public String with(Enum<?> value) {
        return property(name() + ".with")
                .replace("{VALUE}", value.name())
                .replace("{value}", value.name().toLowerCase(Locale.ROOT));
    }
}
