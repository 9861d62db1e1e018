package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs that are made to have endless findings, or ones that are endlessly looked for. */
class BoundedFindingsTest {

    @TempDir
    private Path temp;

    private List<Finding> findings(TestPack pack) throws Exception {
        return PackChecker.check(pack.write(temp.resolve("pack")), Validation.STANDARD)
                .findings();
    }

    private static String array(int count, String element) {
        return IntStream.range(0, count)
                .mapToObj(i -> element.replace("#", String.valueOf(i)))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Test
    void hundredThousandFindingsOfAFileAreAHundredAndACount() throws Exception {
        List<Finding> findings = findings(new TestPack().set("cloudTypes", array(100_000, "#")));

        assertThat(findings).hasSize(101);
        assertThat(findings.get(99).message()).isEqualTo("Element 100 of 'cloudTypes' must be a string in quotes.");
        Finding last = findings.get(100);
        assertThat(last)
                .isEqualTo(new Finding(
                        Rule.VALUE_TYPE,
                        "pack.json",
                        null,
                        0,
                        "And 99,900 more findings of this rule in this file.",
                        99_900));
        assertThat(last.toString()).isEqualTo("ERROR pack.json: And 99,900 more findings of this rule in this file.");
    }

    @Test
    void whatIsOnlyCountedStillMakesThePackInvalid() throws Exception {
        TestPack pack = new TestPack()
                .set("cloudTypes", array(150, "'nowhere-#'"))
                .set("charts", "['charts/hello-1.0.0.tgz', 7]");

        PackChecker.Result result = PackChecker.check(pack.write(temp.resolve("pack")), Validation.STANDARD);

        assertThat(result.pack()).isEmpty();
        assertThat(result.findings())
                .extracting(Finding::toString)
                .endsWith(
                        "WARNING pack.json: And 50 more findings of this rule in this file.",
                        "ERROR pack.json: And 1 more finding of this rule in this file.");
    }

    @Test
    void findingsInManyFilesAreFiveHundredAndACount() throws Exception {
        TestPack pack = new TestPack().set("kubeManifests", array(600, "'manifests/#.yaml'"));
        for (int i = 0; i < 600; i++) {
            pack.file("manifests/" + i + ".yaml", "apiVersion: v1\nkind: A\nkind: B\n");
        }
        pack.without("manifests/config.yaml").file("values.yaml", "");

        List<Finding> findings = findings(pack);

        assertThat(findings).hasSize(501);
        assertThat(findings.get(500).toString())
                .isEqualTo("WARNING .: And 100 more findings of this rule in the pack.");
    }

    @Test
    void nearestOfThousandsOfFilesIsFoundForHundredsOfPaths() throws Exception {
        String deep = "charts/" + "a-rather-long-folder/".repeat(8);
        TestPack pack = new TestPack().set("charts", array(200, "'" + deep + "none-#-1.0.0.tgz'"));
        for (int i = 0; i < 2000; i++) {
            pack.file(deep + "some-" + i + "-1.0.0.txt", "");
        }

        List<Finding> findings = findings(pack.file(deep + "none-7-1.0.1.tgz", ""));

        assertThat(findings)
                .filteredOn(finding -> finding.rule() == Rule.FILE_MISSING)
                .hasSize(101);
        assertThat(findings)
                .filteredOn(finding -> "/charts/7".equals(finding.pointer()))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .endsWith("mend the path; the nearest that there is: '" + deep + "none-7-1.0.1.tgz'.");
    }

    @Test
    void longKeyOverALongArrayTakesNoMoreMemoryThanTheFile() throws Exception {
        String key = "k".repeat(49_000);

        String json = SamplePacks.packJson("sample", "1.0.0")
                .replace("{\n", "{\n  \"group\": 7,\n  \"" + key + "\":\n[" + "1,".repeat(449_999) + "1],\n");

        List<Finding> findings = findings(new TestPack()
                .without("charts/hello-1.0.0.tgz")
                .file("values.yaml", "")
                .file("pack.json", json));

        assertThat(findings)
                .extracting(Finding::toString)
                .containsExactly("ERROR pack.json:2: The value of 'group' must be a string in quotes.");
    }

    @Test
    void hundredThousandKeysOfValuesAreLookedAtOnce() throws Exception {
        String keys = IntStream.range(0, 100_000)
                .mapToObj(i -> "  key-" + i + ":\n    contents: a\n")
                .collect(Collectors.joining());

        assertThat(findings(new TestPack().file("values.yaml", "manifests:\n" + keys)))
                .isEmpty();
    }

    @Test
    void tenThousandUnknownKeysAreTwentyAndACount() throws Exception {
        String keys =
                IntStream.range(0, 10_000).mapToObj(i -> "  k" + i + ": 1\n").collect(Collectors.joining());

        assertThat(findings(new TestPack().file("values.yaml", "charts:\n" + keys)))
                .singleElement()
                .extracting(Finding::message)
                .asString()
                .startsWith("The keys 'k0', 'k1', ")
                .contains("'k19' and 9980 more under 'charts' (line 2) are the names of no chart of the pack");
    }

    @Test
    void hundredThousandDuplicateKeysAreAHundredAndACount() throws Exception {
        List<Finding> findings = findings(new TestPack().file("values.yaml", "a: 1\n".repeat(100_001)));

        assertThat(findings).hasSize(101);
        assertThat(findings.get(100).toString())
                .isEqualTo("WARNING values.yaml: And 99,900 more findings of this rule in this file.");
    }
}
