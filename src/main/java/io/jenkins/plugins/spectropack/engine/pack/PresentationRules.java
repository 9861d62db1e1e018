package io.jenkins.plugins.spectropack.engine.pack;

import java.util.HexFormat;
import java.util.Map;

/**
 * What Palette shows of a pack. The documentation asks for a logo and a description; published packs lack the description and
 * hold other images under the logo's name, and none of that keeps a pack from working.
 */
final class PresentationRules {

    private static final String LOGO = "logo.png";
    private static final String README = "README.md";
    private static final int LONGEST_SIGNATURE = 8;
    private static final int LOOKED_AT = 100;

    // Sources: the formats' own specifications (PNG 5.2, JFIF, GIF89a, RIFF, BMP).
    private static final String PNG = "89504e470d0a1a0a";
    private static final Map<String, String> OTHER_IMAGES = Map.of(
            "ffd8ff", "a JPEG", "47494638", "a GIF", "52494646", "a WebP", "424d", "a BMP", "3c737667", "an SVG");

    private PresentationRules() {}

    static void check(Inspection pack) {
        if (pack.file(LOGO).isEmpty()) {
            pack.foundIn(
                    LOGO,
                    Rule.LOGO_MISSING,
                    "The file is missing. Palette shows it: add a PNG image." + pack.renameHint(LOGO));
        } else {
            pack.begin(LOGO, LOOKED_AT).ifPresent(start -> logo(pack, start));
        }
        if (pack.file(README).isEmpty()) {
            pack.foundIn(
                    README,
                    Rule.README_MISSING,
                    "The file is missing. Palette shows it: say what the pack does." + pack.renameHint(README));
        }
    }

    private static void logo(Inspection pack, byte[] start) {
        if (GitLfs.isPointer(start)) {
            pack.foundIn(LOGO, 1, Rule.LOGO, GitLfs.MESSAGE);
            return;
        }
        String signature = HexFormat.of().formatHex(start, 0, Math.min(start.length, LONGEST_SIGNATURE));
        if (signature.equals(PNG)) {
            return;
        }
        String what = OTHER_IMAGES.entrySet().stream()
                .filter(image -> signature.startsWith(image.getKey()))
                .map(image -> "The file is " + image.getValue() + " image under a PNG's name.")
                .findFirst()
                .orElse("The file is not a PNG image.");
        pack.foundIn(LOGO, Rule.LOGO, what + " Palette may not show it: save the logo as PNG.");
    }
}
