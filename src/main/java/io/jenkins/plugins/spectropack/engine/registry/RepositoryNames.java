package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.PackNamespace;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of the repositories that Palette reads packs from: {@code BASE/spectro-packs/archive} and, below it, one for
 * each pack. Source of the path: Spectro Cloud's "Add a Pack to an ECR Registry" and "Add a Pack to a Basic OCI Registry".
 */
public final class RepositoryNames implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Which names a kind of registry takes. */
    public enum Rules {
        /** Source: the ECR API's {@code RepositoryName}. */
        ECR(Setting.REPOSITORY_NAME, "repository name", "[._-]", 256, "ECR takes", "single '.', '_', '-' or '/'"),

        /** Source: OCI distribution specification, "Pulling manifests"; the length that its note recommends. */
        OCI(
                Setting.BASE_PATH,
                "base path",
                "(?:\\.|_|__|-+)",
                255,
                "OCI registries take",
                "one '.', '_' or '/', two '_', or any number of '-'");

        private final Setting setting;
        private final String noun;
        private final Pattern name;
        private final int length;
        private final String whoTakes;
        private final String separators;

        Rules(Setting setting, String noun, String separator, int length, String whoTakes, String separators) {
            String part = "[a-z0-9]+(?:" + separator + "[a-z0-9]+)*";
            this.setting = setting;
            this.noun = noun;
            this.name = Pattern.compile(part + "(?:/" + part + ")*");
            this.length = length;
            this.whoTakes = whoTakes;
            this.separators = separators;
        }

        /** Says what is wrong with what the user calls the registry's repository or base path; empty if it is fine. */
        public Optional<String> problem(String base) {
            String typed = trim(base);
            if (typed.isEmpty()) {
                return Optional.of("The " + noun + " is empty. Give the part before /" + PackNamespace.PATH + " as "
                        + setting.words() + ", for example spectro-oci-registry.");
            }
            if (typed.contains("://") || typed.contains(".amazonaws.com") || typed.contains(":")) {
                return Optional.of("The " + noun + " '" + base
                        + "' looks like a URL or a reference. Give only the name of the repository as "
                        + setting.words() + ", without host and"
                        + " tag, for example spectro-oci-registry.");
            }
            if (typed.length() > length) {
                return Optional.of("The " + noun + " has " + typed.length() + " characters, and " + whoTakes
                        + " at most " + length + ". Give a shorter one as " + setting.words() + ".");
            }
            if (!name.matcher(typed).matches()) {
                return Optional.of("The " + noun + " '" + base + "' is not one that " + whoTakes
                        + ". Give lower-case letters and digits as " + setting.words() + ", with " + separators
                        + " between them, for example spectro-oci-registry.");
            }
            String path = PackNamespace.below(typed);
            if (path.length() > length) {
                return Optional.of("The " + noun + " '" + path + "' has " + path.length() + " characters, and "
                        + whoTakes + " at most " + length + ". Give a shorter one as " + setting.words() + ".");
            }
            return Optional.empty();
        }

        /**
         * Says what looks half typed; empty if nothing does. {@code spectro-packs} alone is a base that Spectro Cloud's
         * documentation uses.
         */
        public Optional<String> doubt(String base) {
            String typed = trim(base);
            if (!typed.endsWith(HALF)) {
                return Optional.empty();
            }
            return Optional.of("The " + noun + " '" + typed
                    + "' ends with half of what is added to it, so packs go below '"
                    + PackNamespace.below(typed) + "'. If '" + typed.substring(0, typed.length() - HALF.length()) + "/"
                    + PackNamespace.PATH + "' is meant, give '" + typed.substring(0, typed.length() - HALF.length())
                    + "'.");
        }
    }

    // Possessive, so that no text takes longer than it is long.
    private static final Pattern PACK = Pattern.compile("[a-z0-9]++(?:[._-]++[a-z0-9]++)*+");
    private static final int LONGEST_PACK = 256;

    /** Source: OCI distribution specification, "Pulling manifests". */
    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /** What a base ends with that lacks the end of what is added to it. */
    private static final String HALF = "/" + PackNamespace.PATH.substring(0, PackNamespace.PATH.indexOf('/'));

    private final String archive;
    private final Rules rules;
    private final String warning;

    private RepositoryNames(String typed, Rules rules) {
        archive = PackNamespace.below(typed);
        this.rules = rules;
        warning = rules.doubt(typed).orElse("");
    }

    /**
     * Takes what the user calls the registry's repository. The namespace is added unless it was typed already.
     *
     * @throws IllegalArgumentException with a sentence if this kind of registry would not take it
     */
    public static RepositoryNames of(String base, Rules rules) {
        rules.problem(base).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new RepositoryNames(trim(base), rules);
    }

    /** Whether a text from outside can be the name of a pack, and nothing else. */
    public static boolean isPack(String name) {
        return name != null
                && name.length() <= LONGEST_PACK
                && PACK.matcher(name).matches();
    }

    /** Whether a text from outside can be the repository of a pack right below another one. */
    static boolean isPack(String repository, String above) {
        return repository != null
                && repository.startsWith(above + "/")
                && isPack(repository.substring(above.length() + 1));
    }

    /** Whether a text from outside can be a tag, and nothing else. */
    public static boolean isTag(String text) {
        return text != null && TAG.matcher(text).matches();
    }

    private static String trim(String base) {
        return base == null ? "" : PackNamespace.withoutTrailingSlashes(base);
    }

    /** What may not be meant, though it is taken as it was typed, as a sentence; empty if nothing looks so. */
    public Optional<String> warning() {
        return Optional.of(warning).filter(text -> !text.isEmpty());
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
        if (path.length() > rules.length) {
            return Optional.of("The repository of pack '" + name + "' would be '" + path + "' with " + path.length()
                    + " characters, and " + rules.whoTakes + " at most " + rules.length + ". Use a shorter "
                    + rules.noun + " (" + rules.setting.words() + ") or pack name.");
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return archive;
    }
}
