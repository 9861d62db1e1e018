package io.jenkins.plugins.spectropack.sandbox;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of an IAM user or a session.
 *
 * @param sessionToken what requests must carry beside the signature, for the keys of a session
 */
public record AwsKeys(String accessKeyId, String secretAccessKey, Optional<String> sessionToken) {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /** Random keys in the form of real ones. Source of the prefixes: IAM user guide, "IAM identifiers". */
    static AwsKeys random(boolean session) {
        return new AwsKeys(
                (session ? "ASIA" : "AKIA") + random(BASE32, 16),
                random(BASE64, 40),
                session ? Optional.of(random(BASE64, 400)) : Optional.empty());
    }

    /** The variables that hold them. Source of the names: AWS SDKs and Tools reference guide. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_ACCESS_KEY_ID", accessKeyId);
        environment.put("AWS_SECRET_ACCESS_KEY", secretAccessKey);
        sessionToken.ifPresent(token -> environment.put("AWS_SESSION_TOKEN", token));
        return environment;
    }

    private static String random(String alphabet, int length) {
        return new SecureRandom()
                .ints(length, 0, alphabet.length())
                .collect(StringBuilder::new, (text, at) -> text.append(alphabet.charAt(at)), StringBuilder::append)
                .toString();
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return accessKeyId;
    }
}
