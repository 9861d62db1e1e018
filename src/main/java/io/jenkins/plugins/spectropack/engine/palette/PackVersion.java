package io.jenkins.plugins.spectropack.engine.palette;

import java.util.Objects;

/**
 * A version of a pack as Palette lists it.
 *
 * @param name of the pack
 * @param version of the pack, which is its tag in the registry
 */
public record PackVersion(String name, String version) {

    /** Takes a name and a version. */
    public PackVersion {
        Objects.requireNonNull(name);
        Objects.requireNonNull(version);
    }

    /**
     * Reads {@code NAME:VERSION}.
     *
     * @throws IllegalArgumentException with a sentence if it is of another form
     */
    public static PackVersion parse(String text) {
        int colon = text.indexOf(':');
        if (!text.matches("[^:/\\s]+:[^:/\\s]+")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a pack and its version. Give NAME:VERSION, for example my-pack:1.0.0.");
        }
        return new PackVersion(text.substring(0, colon), text.substring(colon + 1));
    }

    /** {@code NAME:VERSION}. */
    @Override
    public String toString() {
        return name + ":" + version;
    }
}
