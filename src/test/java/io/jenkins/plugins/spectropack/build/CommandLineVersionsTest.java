package io.jenkins.plugins.spectropack.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The command line is built with the versions that the plugin finds in Jenkins, so that one engine is tested with one set of
 * libraries: what {@code cli/pom.xml} names and stands on this build's class path too has the same version there. The
 * Jenkins BOM decides; {@code cli/pom.xml} follows.
 */
class CommandLineVersionsTest {

    private static final String ORAS = "oras-java-sdk";

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>\\s*<(?:scope|exclusions|/dependency)");

    private static final Pattern JAR = Pattern.compile("(.+?)-([0-9][^/]*)\\.jar");

    @Test
    void commandLineHasTheVersionsOfJenkins() throws IOException {
        Map<String, String> ours = named(Files.readString(Path.of("cli/pom.xml")));
        Map<String, String> carried = onTheClassPath();
        carried.keySet().retainAll(ours.keySet());

        // What the engine is compiled against in both builds.
        assertThat(carried)
                .containsKeys("ant", "commons-compress", "ecr", "jackson-databind", ORAS, "snakeyaml-engine", "sts");
        String oras = carried.remove(ORAS);
        ours.keySet().retainAll(carried.keySet());
        assertThat(ours)
                .as("the versions in cli/pom.xml, which must be those that Jenkins' plugins carry")
                .isEqualTo(carried);
        // Jenkins has newer ones than Maven Central, and the engine uses only what both have. The other way round, what
        // works on the command line would fail in Jenkins.
        assertThat(oras)
                .as("the ORAS Java SDK in Jenkins, which must not be older than the one in cli/pom.xml")
                .usingComparator(Comparator.comparing(Runtime.Version::parse))
                .isGreaterThanOrEqualTo(
                        named(Files.readString(Path.of("cli/pom.xml"))).get(ORAS));
    }

    /** The dependencies of a POM with a version of their own, by artifact. */
    private static Map<String, String> named(String pom) {
        Map<String, String> versions = new TreeMap<>();
        Matcher matcher = DEPENDENCY.matcher(pom);
        while (matcher.find()) {
            versions.put(matcher.group(1), value(pom, matcher.group(2)));
        }
        return versions;
    }

    private static String value(String pom, String version) {
        if (!version.startsWith("${")) {
            return version;
        }
        String property = version.substring(2, version.length() - 1);
        Matcher matcher =
                Pattern.compile("<" + Pattern.quote(property) + ">([^<]+)<").matcher(pom);
        assertThat(matcher.find()).as(property).isTrue();
        return matcher.group(1);
    }

    private static Map<String, String> onTheClassPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Map<String, String> versions = new TreeMap<>();
        Stream.of(path.split(Pattern.quote(System.getProperty("path.separator"))))
                .map(entry -> JAR.matcher(Path.of(entry).getFileName().toString()))
                .filter(Matcher::matches)
                .forEach(jar -> versions.put(jar.group(1), jar.group(2)));
        return versions;
    }
}
