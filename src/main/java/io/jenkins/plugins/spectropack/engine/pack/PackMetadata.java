package io.jenkins.plugins.spectropack.engine.pack;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What publishing needs to know from {@code pack.json}.
 *
 * @param name the pack's name, the last part of its repository's path
 * @param version the pack's version, the tag that it is published under
 * @param displayName the name that Palette shows; empty if {@code pack.json} has none
 * @param layer the layer of a cluster profile that the pack belongs to; empty if {@code pack.json} has none
 */
public record PackMetadata(String name, String version, String displayName, String layer) {

    private static final int LONGEST_NAME = 256;

    // Source: the ECR API's RepositoryName, of which the pack's name is one path component.
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*");

    // Source: OCI distribution specification 1.1, "Pulling manifests": what a tag may look like.
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /** The name of the archive that a pack is published as, {@code NAME-VERSION.tar.gz}. */
    public String archiveName() {
        return name + "-" + version + ".tar.gz";
    }

    /** {@code NAME:VERSION}, as log lines call a pack. */
    @Override
    public String toString() {
        return name + ":" + version;
    }

    /** Says why a registry would not take a pack's name; empty if it would. */
    public static Optional<String> nameProblem(String name) {
        // Before the pattern, which Java matches by recursion: a pack must not be able to exhaust the stack.
        if (name.length() > LONGEST_NAME) {
            return Optional.of("The name has " + name.length()
                    + " characters, but a repository's name in ECR has at most " + LONGEST_NAME + ". Shorten it.");
        }
        if (NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        return Optional.of(
                "The name '" + name + "' cannot be part of a repository's name in ECR. Use lower-case letters"
                        + " and digits, with single '.', '_' or '-' between them.");
    }

    /** Says why a registry would not take a version as a tag; empty if it would. */
    public static Optional<String> versionProblem(String version) {
        if (TAG.matcher(version).matches()) {
            return Optional.empty();
        }
        if (version.indexOf('+') >= 0) {
            return Optional.of(
                    "The version '" + version + "' holds a '+', which semantic versions allow but OCI tags do"
                            + " not, and the version becomes the tag. Use '-' instead, for example "
                            + version.replace('+', '-') + ".");
        }
        return Optional.of("The version '" + version + "' cannot be an OCI tag. Use letters, digits, '.', '_' and '-',"
                + " not beginning with '.' or '-', and at most 128 characters.");
    }
}
