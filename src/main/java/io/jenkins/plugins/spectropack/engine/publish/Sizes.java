package io.jenkins.plugins.spectropack.engine.publish;

import java.util.Locale;

/** Sizes for people. */
public final class Sizes {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};
    private static final double STEP = 1000;

    private Sizes() {}

    /** A number of bytes with a decimal unit, such as {@code 1.2 MB}. */
    public static String text(long bytes) {
        if (bytes < STEP) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        double value = bytes / STEP;
        int unit = 0;
        while (value >= STEP && unit < UNITS.length - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
    }
}
