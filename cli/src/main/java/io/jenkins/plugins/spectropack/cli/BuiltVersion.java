package io.jenkins.plugins.spectropack.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * Which version this is: what the build was told by Git, or by the archive that the source tree was unpacked from.
 *
 * @param number the tag and what came after it, or the commit, or {@code unknown}
 * @param commit the first digits of its name; empty if that is not known
 * @param date of the commit
 */
record BuiltVersion(String number, String commit, String date) {

    /** The POM's, which stands for none. */
    private static final String NONE = "999999-SNAPSHOT";

    /** What stands where nothing was put in its place. */
    private static final String OPEN = "$Format:";

    private static final String UNKNOWN = "unknown";

    private static final int SHORT = 12;

    /** Reads what the build wrote. */
    static BuiltVersion read() throws IOException {
        return of(properties("version.properties"), properties("archive.properties"));
    }

    /**
     * Chooses.
     *
     * @param built what the build was told by Git
     * @param archived what the source tree's archive says
     */
    static BuiltVersion of(Properties built, Properties archived) {
        String commit = built.getProperty("commit", "");
        String number = built.getProperty("version", NONE);
        if (!commit.isEmpty()) {
            return new BuiltVersion(number.equals(NONE) ? commit : number, commit, built.getProperty("date", ""));
        }
        String name = archived.getProperty("commit", OPEN);
        String known = name.startsWith(OPEN) ? "" : name.substring(0, Math.min(name.length(), SHORT));
        String date = known.isEmpty() ? "" : archived.getProperty("date", "");
        return new BuiltVersion(!number.equals(NONE) ? number : known.isEmpty() ? UNKNOWN : known, known, date);
    }

    private static Properties properties(String resource) throws IOException {
        Properties properties = new Properties();
        try (InputStream stream = BuiltVersion.class.getResourceAsStream(resource)) {
            properties.load(stream);
        }
        return properties;
    }

    /** What a person is told. */
    @Override
    public String toString() {
        return "spectro-pack " + number + (number.equals(UNKNOWN) ? ", built outside Git" : "")
                + (commit.isEmpty() ? "" : ", commit " + commit + " of " + date);
    }
}
