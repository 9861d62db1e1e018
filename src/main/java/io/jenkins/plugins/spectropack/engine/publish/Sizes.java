package io.jenkins.plugins.spectropack.engine.publish;

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
        return (value < 10 ? oneDecimal(value) : Long.toString(Math.round(value))) + " " + UNITS[unit];
    }

    /**
     * A number that is not negative, with one decimal. Written here, since Java's formatter loads more classes for its first number
     * than all else that a small pack's archive takes.
     */
    static String oneDecimal(double value) {
        long tenths = Math.round(value * 10);
        return tenths / 10 + "." + tenths % 10;
    }
}
