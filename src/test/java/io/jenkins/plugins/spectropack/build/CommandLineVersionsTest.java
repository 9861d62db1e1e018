package io.jenkins.plugins.spectropack.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import land.oras.Manifest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.tools.ant.DirectoryScanner;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.sts.StsClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line is built with the versions that the plugin finds in Jenkins, so that one engine is tested with one set of
 * libraries: what {@code cli/pom.xml} names and stands on this build's class path too has the same version there. The
 * Jenkins BOM decides; {@code cli/pom.xml} follows.
 */
class CommandLineVersionsTest {

    private static final String ORAS = "oras-java-sdk";

    private static final Pattern DEPENDENCY = Pattern.compile(
            "<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)</version>\\s*<(?:scope|exclusions|!--|/dependency)");

    private static final Pattern JAR = Pattern.compile("(.+?)-([0-9][^/]*)\\.jar");

    /** What the engine is compiled against in both builds. */
    private static final List<Class<?>> OF_THE_ENGINE = List.of(
            DirectoryScanner.class,
            EcrClient.class,
            JsonMapper.class,
            Load.class,
            Manifest.class,
            StsClient.class,
            TarArchiveEntry.class);

    @Test
    void commandLineHasTheVersionsOfJenkins() throws Exception {
        Map<String, String> ours = named(Files.readString(Path.of("cli/pom.xml")));
        Map<String, String> carried = carried();
        ours.keySet().retainAll(carried.keySet());
        String oursOfOras = ours.remove(ORAS);
        String oras = carried.remove(ORAS);

        assertThat(ours)
                .as("the versions in cli/pom.xml, which must be those that Jenkins' plugins carry")
                .isEqualTo(carried);
        // Jenkins has newer ones than Maven Central, and the engine uses only what both have. The other way round, what
        // works on the command line would fail in Jenkins.
        assertThat(oras)
                .as("the ORAS Java SDK in Jenkins, which must not be older than the one in cli/pom.xml")
                .usingComparator(Comparator.comparing(ModuleDescriptor.Version::parse))
                .isGreaterThanOrEqualTo(oursOfOras);
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

    /** The versions in the names of the files that the classes were loaded from, by artifact. */
    private static Map<String, String> carried() throws URISyntaxException {
        Map<String, String> versions = new TreeMap<>();
        for (Class<?> loaded : OF_THE_ENGINE) {
            Path file = Path.of(
                    loaded.getProtectionDomain().getCodeSource().getLocation().toURI());
            Matcher jar = JAR.matcher(file.getFileName().toString());
            assertThat(jar.matches()).as("%s in %s", loaded, file).isTrue();
            versions.put(jar.group(1), jar.group(2));
        }
        return versions;
    }
}
