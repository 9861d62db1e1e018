package io.jenkins.plugins.spectropack.engine.util;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 as OCI writes it: {@code sha256:} and 64 lower-case hexadecimal digits. Runs anywhere. */
public final class Digests {

    private static final String PREFIX = "sha256:";
    private static final Pattern SHA256 = Pattern.compile(PREFIX + "[0-9a-f]{64}");

    private Digests() {}

    /** Whether a text from outside is a digest and nothing else, so that it may become part of a URL. */
    public static boolean isSha256(String text) {
        return text != null && SHA256.matcher(text).matches();
    }

    /** The digest of a small piece of data. */
    public static String sha256(byte[] data) {
        MessageDigest digest = begin();
        digest.update(data);
        return end(digest);
    }

    /** A SHA-256 that data can go through bit by bit; {@link #end} says what came out. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** The digest of all that went through; begins anew. */
    public static String end(MessageDigest digest) {
        return PREFIX + HexFormat.of().formatHex(digest.digest());
    }
}
