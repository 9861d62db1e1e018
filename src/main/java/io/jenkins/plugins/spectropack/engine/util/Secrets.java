package io.jenkins.plugins.spectropack.engine.util;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What must never come back in a message: a server or a gateway may repeat what it was sent. Held in memory only; shows nothing
 * when it is printed.
 */
public final class Secrets {

    /** Where nothing secret was sent. */
    public static final Secrets NONE = new Secrets(Set.of());

    private static final String STRUCK = "[secret]";

    /** Less is no secret, and striking it out would leave no sentence whole. */
    private static final int SHORTEST = 4;

    private final Set<String> forms;

    private Secrets(Set<String> forms) {
        this.forms = forms;
    }

    /** Passwords, keys and tokens, as they are and in base64. */
    public static Secrets of(String... values) {
        Set<String> forms = new LinkedHashSet<>();
        for (String value : values) {
            add(forms, value);
        }
        return new Secrets(forms);
    }

    /**
     * What an {@code Authorization} header holds: its value, and for RFC 7617 the user name with the password, and the password.
     *
     * @param header empty for a request without one
     */
    public static Secrets ofAuthorization(Optional<String> header) {
        if (header.isEmpty()) {
            return NONE;
        }
        Set<String> forms = new LinkedHashSet<>();
        String value = header.get().substring(header.get().indexOf(' ') + 1);
        add(forms, value);
        if (header.get().startsWith("Basic ")) {
            String login = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            add(forms, login);
            add(forms, login.substring(login.indexOf(':') + 1));
        }
        return new Secrets(forms);
    }

    private static void add(Set<String> forms, String value) {
        if (value == null || value.length() < SHORTEST) {
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.add(value);
        forms.add(Base64.getEncoder().encodeToString(bytes));
        forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
        forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The text without what is secret, and without a beginning of that at its end, where the text was cut. */
    public String strike(String text) {
        String struck = text;
        for (String form : forms) {
            struck = withoutPart(struck.replace(form, STRUCK), form);
        }
        return struck;
    }

    private static String withoutPart(String text, String form) {
        for (int length = Math.min(form.length() - 1, text.length()); length >= SHORTEST; length--) {
            if (text.endsWith(form.substring(0, length))) {
                return text.substring(0, text.length() - length) + STRUCK;
            }
        }
        return text;
    }

    @Override
    public String toString() {
        return "Secrets[hidden]";
    }
}
