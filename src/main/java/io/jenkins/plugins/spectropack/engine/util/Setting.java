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
    /** The AWS region. */
    REGION,
    /** The user name and password of a registry. */
    LOGIN,
    /** The certificates that are trusted besides those of Java. */
    CA_CERTIFICATE,
    /** Whether repositories that are missing are created. */
    CREATE_REPOSITORIES,
    /** What happens if a version exists with other content. */
    IF_EXISTS,
    /** What Palette shall read AWS ECR with, if it adds the registry. */
    READ_WITH_AWS,
    /** What Palette shall read another registry with, if it adds it. */
    READ_WITH_LOGIN;

    private static final Properties WORDS = read("/io/jenkins/plugins/spectropack/settings.properties");

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

    /** Its name, such as {@code --ca-cert}. */
    public String words() {
        return WORDS.getProperty(name());
    }

    /**
     * It with a value, such as {@code --if-exists skip}.
     *
     * @param value the constant that the engine calls it
     */
    public String with(Enum<?> value) {
        return WORDS.getProperty(name() + ".with")
                .replace("{VALUE}", value.name())
                .replace("{value}", value.name().toLowerCase(Locale.ROOT));
    }
}
