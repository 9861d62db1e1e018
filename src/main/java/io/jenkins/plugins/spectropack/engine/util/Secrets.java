package io.jenkins.plugins.spectropack.engine.util;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What must never come back in a message: a server or a gateway may repeat what it was sent. Held in memory only; shows nothing
 * when it is printed.
 */
public final class Secrets {

    /** Where nothing secret was sent. */
    public static final Secrets NONE = new Secrets(Map.of());

    private static final String STRUCK = "[secret]";

    /** Less is no secret, and striking it out would leave no sentence whole. */
    private static final int SHORTEST = 4;

    /** What stands in the place of each form. */
    private final Map<String, String> forms;

    private Secrets(Map<String, String> forms) {
        this.forms = forms;
    }

    /** Passwords, keys and tokens, as they are and in base64, however they are escaped. */
    public static Secrets of(String... values) {
        Map<String, String> forms = new LinkedHashMap<>();
        for (String value : values) {
            add(forms, value, STRUCK);
        }
        return new Secrets(forms);
    }

    /** The same and one more, in whose place its name stands, in brackets. */
    public Secrets and(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(forms);
        add(more, value, "[" + name + "]");
        return new Secrets(more);
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
        Map<String, String> forms = new LinkedHashMap<>();
        String value = header.get().substring(header.get().indexOf(' ') + 1);
        add(forms, value, STRUCK);
        if (header.get().startsWith("Basic ")) {
            String login = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
            add(forms, login, STRUCK);
            add(forms, login.substring(login.indexOf(':') + 1), STRUCK);
        }
        return new Secrets(forms);
    }

    private static void add(Map<String, String> forms, String value, String instead) {
        if (value == null || value.length() < SHORTEST) {
            return;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        forms.put(value, instead);
        // A form's encoding has '+' for a blank, and writes the bytes of other letters one by one.
        forms.put(value.replace(' ', '+'), instead);
        forms.put(new String(bytes, StandardCharsets.ISO_8859_1), instead);
        forms.put(Base64.getEncoder().encodeToString(bytes), instead);
        forms.put(Base64.getEncoder().withoutPadding().encodeToString(bytes), instead);
        forms.put(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), instead);
    }

    /** The text without what is secret, and without a beginning of that at its end, where the text was cut. */
    public String strike(String text) {
        String struck = text;
        for (Map.Entry<String, String> form : forms.entrySet()) {
            String literally = struck.replace(form.getKey(), form.getValue());
            struck = withoutPart(Unescaped.replace(literally, form.getKey(), form.getValue()), form.getKey());
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
