package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.Loopback;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** The address of Palette's API: {@code https://HOST[:PORT]}, or plain HTTP on loopback. */
public final class PaletteUrl {

    private PaletteUrl() {}

    /** Says what is wrong with the URL of Palette's API; empty if it is fine or not given. */
    public static Optional<String> problem(String url) {
        String text = Objects.requireNonNullElse(url, "").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (text.contains("@")) {
            return Optional.of("Palette's URL must not hold a user name or password. Give only https://HOST as "
                    + Setting.PALETTE_URL.words() + "; the API key is given as " + Setting.PALETTE_API_KEY.words()
                    + ".");
        }
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            return Optional.of("Palette's URL '" + text + "' is not a URL. Give one such as "
                    + PaletteTarget.DEFAULT_URL + " as " + Setting.PALETTE_URL.words() + ".");
        }
        boolean plain = "http".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null || !(plain || "https".equalsIgnoreCase(uri.getScheme()))) {
            return Optional.of("Palette's URL '" + text + "' must be one such as " + PaletteTarget.DEFAULT_URL
                    + ": check " + Setting.PALETTE_URL.words() + ".");
        }
        if (plain && !Loopback.is(uri.getHost())) {
            return Optional.of("Palette's URL '" + text
                    + "' is plain HTTP. The API key would travel unencrypted, so HTTP"
                    + " is used for loopback addresses only. Use https:// in " + Setting.PALETTE_URL.words() + ".");
        }
        boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return Optional.of("Palette's URL '" + text + "' has more than a host. Give only https://HOST or"
                    + " https://HOST:PORT as " + Setting.PALETTE_URL.words() + ".");
        }
        return Optional.empty();
    }
}
