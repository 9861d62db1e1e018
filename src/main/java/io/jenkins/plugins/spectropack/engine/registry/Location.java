package io.jenkins.plugins.spectropack.engine.registry;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a registry is and what packs lie below there, in one piece of text. It says nothing of how to get in. */
public sealed interface Location {

    /**
     * A registry of AWS ECR.
     *
     * @param accountId its twelve digits
     * @param region its AWS region
     * @param repositoryName what packs lie below
     */
    record Ecr(String accountId, String region, String repositoryName) implements Location {}

    /**
     * Any other registry.
     *
     * @param url {@code https://HOST[:PORT]}, or {@code http://} for a loopback address
     * @param basePath what packs lie below
     */
    record Oci(String url, String basePath) implements Location {}

    /**
     * A bundle on this machine.
     *
     * @param path a folder, or a file if it ends in {@code .tar}
     */
    record Bundle(String path) implements Location {}

    /** What a location of a bundle begins with. */
    String BUNDLE = "bundle:";

    // Source: the ECR user guide, "Private registry authentication", and the dual-stack and FIPS forms of the host; the
    // endings are those of the partitions of AWS.
    Pattern ECR_HOST =
            Pattern.compile("([0-9]{12})\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)\\.(?:amazonaws\\.com(?:\\.cn)?"
                    + "|amazonaws\\.eu|on\\.aws|on\\.amazonwebservices\\.(?:com\\.cn|eu)|c2s\\.ic\\.gov|sc2s\\.sgov\\.gov"
                    + "|cloud\\.adc-e\\.uk|csp\\.hci\\.ic\\.gov)");

    /**
     * Reads a location: {@code 123456789012.dkr.ecr.us-east-1.amazonaws.com/BASE}, {@code HOST[:PORT]/BASE},
     * {@code http://127.0.0.1:PORT/BASE} or {@code bundle:PATH}.
     *
     * @throws IllegalArgumentException with a sentence for the user
     */
    static Location parse(String text) {
        String typed = text.strip();
        if (typed.startsWith(BUNDLE)) {
            String path = typed.substring(BUNDLE.length());
            BundleTarget.problem(path).ifPresent(problem -> {
                throw new IllegalArgumentException(problem);
            });
            return new Bundle(path);
        }
        if (typed.startsWith(".") || typed.startsWith("/") || typed.startsWith("~")) {
            throw wrong(typed, "is a path");
        }
        String scheme = typed.contains("://") ? typed.substring(0, typed.indexOf("://")) : "https";
        String rest = typed.contains("://") ? typed.substring(typed.indexOf("://") + "://".length()) : typed;
        if (!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
            throw wrong(typed, "has a scheme that is not known");
        }
        if (rest.contains("@")) {
            throw new IllegalArgumentException(
                    "A registry's location must not hold a user name, a password or a digest.");
        }
        int slash = rest.indexOf('/');
        String host = slash < 0 ? rest : rest.substring(0, slash);
        String base = slash < 0 ? "" : rest.substring(slash + 1);
        if (host.isEmpty() || base.isBlank()) {
            throw wrong(typed, "does not say what packs lie below");
        }
        Matcher ecr = ECR_HOST.matcher(host.toLowerCase(Locale.ROOT));
        if (ecr.matches()) {
            return new Ecr(ecr.group(1), ecr.group(2), base);
        }
        String url = scheme.toLowerCase(Locale.ROOT) + "://" + host;
        BasicTarget.urlProblem(url).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        return new Oci(url, base);
    }

    private static IllegalArgumentException wrong(String text, String why) {
        return new IllegalArgumentException("The location '" + text + "' " + why
                + ". Give HOST/BASE, for example 123456789012.dkr.ecr.us-east-1.amazonaws.com/spectro-oci-registry or"
                + " harbor.example.com/packs; http://127.0.0.1:PORT/BASE for a registry of this machine; or"
                + " bundle:PATH for a bundle.");
    }
}
