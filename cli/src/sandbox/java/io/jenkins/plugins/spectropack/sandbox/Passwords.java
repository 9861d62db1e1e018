package io.jenkins.plugins.spectropack.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The registry passwords that were handed out; each works until it is expired. */
final class Passwords {

    /** The user name of every login to ECR. Source: ECR user guide, "Private registry authentication". */
    static final String USER = "AWS";

    private static final int LENGTH = 1500;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Boolean> liveByPassword = new LinkedHashMap<>();

    /** What the registry makes of a login. */
    enum Verdict {
        VALID,
        EXPIRED,
        UNKNOWN
    }

    /** A fresh password, as long as the real ones so that nothing that only fits short ones passes. */
    String issue() {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return issue(Base64.getEncoder().encodeToString(bytes));
    }

    synchronized String issue(String password) {
        liveByPassword.put(password, true);
        return password;
    }

    synchronized void expireAll() {
        liveByPassword.replaceAll((password, live) -> false);
    }

    synchronized List<String> issued() {
        return List.copyOf(liveByPassword.keySet());
    }

    /** Judges the value of an Authorization header, which may be null. Source: RFC 7617. */
    Verdict judge(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Verdict.UNKNOWN;
        }
        String login;
        try {
            login = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Verdict.UNKNOWN;
        }
        if (!login.startsWith(USER + ":")) {
            return Verdict.UNKNOWN;
        }
        synchronized (this) {
            Boolean live = liveByPassword.get(login.substring(USER.length() + 1));
            return live == null ? Verdict.UNKNOWN : live ? Verdict.VALID : Verdict.EXPIRED;
        }
    }

    static String token(String password) {
        return Base64.getEncoder().encodeToString((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
