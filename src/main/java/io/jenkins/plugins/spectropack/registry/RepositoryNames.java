package io.jenkins.plugins.spectropack.registry;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of the repositories that Palette reads packs from: {@code BASE/spectro-packs/archive} and, below it, one for
 * each pack. Source of the path: Spectro Cloud's "Add a Pack to an ECR Registry"; source of the rules: the ECR API's
 * {@code RepositoryName}.
 */
public final class RepositoryNames {

    /** What Palette expects below every base. */
    public static final String NAMESPACE = "spectro-packs/archive";

    /** The longest repository name that ECR takes, in characters, the whole path included. */
    public static final int MAXIMUM_LENGTH = 256;

    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*");

    private final String archive;

    private RepositoryNames(String archive) {
        this.archive = archive;
    }

    /**
     * Takes what the user calls the registry's repository. The namespace is added unless it was typed already.
     *
     * @throws IllegalArgumentException with a sentence if ECR would not take it
     */
    public static RepositoryNames of(String base) {
        problem(base).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new RepositoryNames(withNamespace(trim(base)));
    }

    /** Says what is wrong with a base name; empty if it is fine. */
    public static Optional<String> problem(String base) {
        String name = trim(base);
        if (name.isEmpty()) {
            return Optional.of("The repository name is empty. Give the part before /" + NAMESPACE
                    + ", for example spectro-oci-registry.");
        }
        if (name.contains("://") || name.contains(".amazonaws.com") || name.contains(":")) {
            return Optional.of("The repository name '" + base
                    + "' looks like a URL or a reference. Give only the name of the repository, without host and tag,"
                    + " for example spectro-oci-registry.");
        }
        if (!NAME.matcher(name).matches()) {
            return Optional.of("The repository name '" + base
                    + "' is not one that ECR takes. Use lower-case letters and digits, with single '.', '_', '-' or '/'"
                    + " between them, for example spectro-oci-registry.");
        }
        String path = withNamespace(name);
        if (path.length() > MAXIMUM_LENGTH) {
            return Optional.of("The repository name '" + path + "' has " + path.length()
                    + " characters, and ECR takes at most " + MAXIMUM_LENGTH + ". Use a shorter one.");
        }
        return Optional.empty();
    }

    private static String trim(String base) {
        return base == null ? "" : base.strip().replaceAll("/+$", "");
    }

    private static String withNamespace(String base) {
        if (base.equals(NAMESPACE) || base.endsWith("/" + NAMESPACE)) {
            return base;
        }
        return base + "/" + NAMESPACE;
    }

    /** {@code BASE/spectro-packs/archive}. */
    public String archive() {
        return archive;
    }

    /** {@code BASE/spectro-packs/archive/NAME}. */
    public String pack(String name) {
        return archive + "/" + name;
    }

    /** Says what is wrong with the repository of a pack; empty if it is fine. */
    public Optional<String> packProblem(String name) {
        String path = pack(name);
        if (path.length() > MAXIMUM_LENGTH) {
            return Optional.of("The repository of pack '" + name + "' would be '" + path + "' with " + path.length()
                    + " characters, and ECR takes at most " + MAXIMUM_LENGTH
                    + ". Use a shorter repository name or pack name.");
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return archive;
    }
}
