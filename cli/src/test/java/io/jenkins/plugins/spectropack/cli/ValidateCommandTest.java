package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.CorpusPacks;
import io.jenkins.plugins.spectropack.engine.pack.Rule;
import io.jenkins.plugins.spectropack.engine.pack.TestPack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code validate} reports, and how. */
class ValidateCommandTest {

    @WorkingFolder
    private Path folder;

    private CommandRun run(String... arguments) throws InterruptedException {
        return CommandRun.in(folder).run(arguments);
    }

    private void writePacks() {
        new TestPack().write(folder.resolve("packs/good"));
        new TestPack()
                .set("version", "'1.0.1'")
                .set("layer", "'adon'")
                .set("charts", "['charts/none.tgz']")
                .file("values.yaml", "pack:\n  a: [\n")
                .write(folder.resolve("packs/bad one"));
    }

    @Test
    void currentFolderIsNamed() throws Exception {
        new TestPack().write(folder.resolve("my-pack"));

        assertThat(CommandRun.in(folder.resolve("my-pack"))
                        .run("validate", ".")
                        .succeeds()
                        .out())
                .startsWith("my-pack: valid, sample:1.0.0, ");
    }

    @Test
    void sarifOnStandardOutputIsAllThatIsThere() throws Exception {
        writePacks();

        CommandRun run = run("validate", "--sarif", "-", "packs/*").fails(ExitCode.INVALID_PACK);

        assertThat(JsonMapper.shared().readTree(run.out()).path("version").stringValue())
                .isEqualTo("2.1.0");
        assertThat(run("validate", "--sarif", "-", "--json", "packs/*")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("--json and --sarif - both want standard output.");
    }

    @Test
    void reportIsGroupedByPackAndSummedUp() throws Exception {
        writePacks();

        CommandRun run = run("validate", "packs/*").fails(ExitCode.INVALID_PACK);

        assertThat(run.out().replaceFirst("\\d+ bytes", "N bytes")).isEqualTo("""
                packs/bad one: invalid
                  WARNING pack.json:5: The value 'adon' of 'layer' is not one that is known. The nearest is 'addon'; there are \
                kernel, os, k8s, cni, csi, addon. [layer]
                  ERROR pack.json:11: There is no file 'charts/none.tgz' in the pack, but 'charts' names it. Add the file, or mend \
                the path. [file-missing]
                  ERROR values.yaml:3: The file is not YAML (line 3, column 1): expected the node content, but found '<stream end>'. \
                [values]
                packs/good: valid, sample:1.0.0, 6 files, N bytes
                2 packs checked: 2 errors, 1 warning.
                """);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void jsonHasRulePointerAndLine() throws Exception {
        writePacks();

        JsonNode packs = JsonMapper.shared()
                .readTree(run("validate", "--json", "packs/*")
                        .fails(ExitCode.INVALID_PACK)
                        .out());

        JsonNode findings = packs.path(0).path("findings");
        assertThat(packs.path(1).path("findings")).isEmpty();
        assertThat(findings).hasSize(3);
        assertThat(findings.path(0).toString())
                .startsWith(
                        "{\"severity\":\"WARNING\",\"rule\":\"layer\",\"file\":\"pack.json\",\"pointer\":\"/layer\",\"line\":5,"
                                + "\"message\":\"The value 'adon'");
        assertThat(findings.path(2).path("pointer").isNull()).isTrue();
        assertThat(findings.path(2).path("line").intValue()).isEqualTo(3);
    }

    @Test
    void sarifPointsAtTheFilesFromTheCurrentFolder() throws Exception {
        writePacks();

        CommandRun run = run("validate", "--sarif", "findings.sarif", "packs/*").fails(ExitCode.INVALID_PACK);

        assertThat(run.out()).endsWith("2 packs checked: 2 errors, 1 warning.\n");
        JsonNode log = JsonMapper.shared().readTree(folder.resolve("findings.sarif"));
        assertThat(log.path("version").stringValue()).isEqualTo("2.1.0");
        assertThat(log.path("$schema").stringValue()).endsWith("/sarif-schema-2.1.0.json");
        JsonNode sarif = log.path("runs").path(0);
        JsonNode driver = sarif.path("tool").path("driver");
        assertThat(driver.path("name").stringValue()).isEqualTo("spectro-pack");
        assertThat(driver.path("rules")).hasSize(Rule.values().length);
        assertThat(sarif.path("invocations").path(0).path("executionSuccessful").booleanValue())
                .isTrue();
        assertThat(sarif.path("results")).hasSize(3);
        for (JsonNode result : sarif.path("results")) {
            JsonNode rule = driver.path("rules").path(result.path("ruleIndex").intValue());
            assertThat(rule.path("id").stringValue())
                    .isEqualTo(result.path("ruleId").stringValue());
            assertThat(rule.path("defaultConfiguration").path("level").stringValue())
                    .isEqualTo(result.path("level").stringValue());
        }
        JsonNode layer = sarif.path("results").path(0);
        assertThat(layer.path("ruleId").stringValue()).isEqualTo("layer");
        assertThat(layer.path("level").stringValue()).isEqualTo("warning");
        assertThat(layer.path("message").path("text").stringValue()).startsWith("The value 'adon' of 'layer'");
        assertThat(layer.path("locations").path(0).toString())
                .isEqualTo("{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"packs/bad%20one/pack.json\"},"
                        + "\"region\":{\"startLine\":5}},"
                        + "\"logicalLocations\":[{\"fullyQualifiedName\":\"/layer\",\"kind\":\"member\"}]}");
        assertThat(sarif.path("results").path(2).path("level").stringValue()).isEqualTo("error");
    }

    @Test
    void findingsThatAreOnlyCountedAreCountedInEveryForm() throws Exception {
        new TestPack().set("cloudTypes", Collections.nCopies(102, 7).toString()).write(folder.resolve("many"));

        CommandRun run = run("validate", "--sarif", "findings.sarif", "many").fails(ExitCode.INVALID_PACK);
        JsonNode json = JsonMapper.shared()
                .readTree(run("validate", "--json", "many")
                        .fails(ExitCode.INVALID_PACK)
                        .out());

        String more = "And 2 more findings of this rule in this file.";
        assertThat(run.out()).endsWith("""
                  ERROR pack.json: And 2 more findings of this rule in this file. [value-type]
                1 pack checked: 102 errors, 0 warnings.
                """);
        JsonNode results = JsonMapper.shared()
                .readTree(folder.resolve("findings.sarif"))
                .path("runs")
                .path(0)
                .path("results");
        assertThat(results).hasSize(101);
        assertThat(results.path(99).has("occurrenceCount")).isFalse();
        assertThat(results.path(100).path("occurrenceCount").intValue()).isEqualTo(2);
        assertThat(results.path(100).path("message").path("text").stringValue()).isEqualTo(more);
        JsonNode findings = json.path(0).path("findings");
        assertThat(findings).hasSize(101);
        assertThat(findings.path(0).path("count").intValue()).isEqualTo(1);
        assertThat(findings.path(100).path("count").intValue()).isEqualTo(2);
        assertThat(findings.path(100).path("message").stringValue()).isEqualTo(more);
    }

    @Test
    void publishingWritesTheSameSarif() throws Exception {
        writePacks();
        run("validate", "--sarif", "validated.sarif", "packs/*").fails(ExitCode.INVALID_PACK);

        CommandRun run = run("publish", "--registry", "bundle:out.tar", "--sarif", "published.sarif", "packs/*")
                .fails(ExitCode.INVALID_PACK);

        assertThat(run.err()).endsWith("Error: 1 pack is invalid. Nothing was sent.\n");
        assertThat(folder.resolve("published.sarif")).hasSameTextualContentAs(folder.resolve("validated.sarif"));
        assertThat(run("publish", "--registry", "bundle:out.tar", "--sarif", "-", "--json", "packs/good")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("--json and --sarif - both want standard output. Give --sarif a file.");
        assertThat(run("publish", "--registry", "bundle:out.tar", "--sarif", "-", "packs/good")
                        .succeeds()
                        .out())
                .startsWith("{")
                .contains("\"version\" : \"2.1.0\"");
    }

    @Test
    void sarifOfARunThatFoundNoPackSaysSo() throws Exception {
        Files.writeString(folder.resolve("findings.sarif"), "of an earlier run");

        run("validate", "--sarif", "findings.sarif", "none/*").fails(ExitCode.INVALID_PACK);

        JsonNode sarif = JsonMapper.shared()
                .readTree(folder.resolve("findings.sarif"))
                .path("runs")
                .path(0);
        assertThat(sarif.path("results")).isEmpty();
        assertThat(sarif.path("invocations").path(0).path("executionSuccessful").booleanValue())
                .isFalse();
    }

    @Test
    void sarifNeedsAFolder() throws Exception {
        writePacks();

        assertThat(run("validate", "--sarif", "no/such/folder.sarif", "packs/good")
                        .fails(ExitCode.USAGE)
                        .err())
                .contains("no/such/folder.sarif cannot be written. Give a file in a folder that exists.");
    }

    @Test
    void sameNameAndVersionInOneRunIsAnError() throws Exception {
        new TestPack().write(folder.resolve("a"));
        new TestPack().write(folder.resolve("b"));

        assertThat(run("validate", "a", "b").fails(ExitCode.INVALID_PACK).out()).contains("""
                        b: invalid
                          ERROR pack.json: Name and version are sample:1.0.0, as in a. Publish only one of them, or change a \
                        version. [unique-version]
                        2 packs checked: 1 error, 0 warnings.
                        """);
    }

    @Test
    void hundredsOfPacksAreCheckedInOneRun() throws Exception {
        List<CorpusPacks.Shape> shapes = CorpusPacks.all();
        for (int i = 0; i < 200; i++) {
            TestPack pack = shapes.get(i % shapes.size()).pack();
            pack.set("name", "'pack-" + i + "'").write(folder.resolve("packs").resolve(CorpusPacks.folder(i)));
        }

        CommandRun run = run("validate", "packs/*").succeeds();

        assertThat(run.out()).containsPattern("\n200 packs checked: 0 errors, \\d+ warnings\\.\n$");
    }

    @Test
    void examplesHaveNoFindings() throws Exception {
        CommandRun run = CommandRun.in(Project.ROOT)
                .run("validate", "--validation", "strict", "examples/*")
                .succeeds();

        assertThat(run.out()).endsWith("3 packs checked: 0 errors, 0 warnings.\n");
    }

    @Test
    void documentationListsEveryRule() throws Exception {
        List<String> documented = Pattern.compile("^\\| `([a-z-]+)` \\| (ERROR|WARNING) \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Project.ROOT.resolve("docs/validation.md")))
                .results()
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();

        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(Rule.values())
                        .map(rule -> rule.id() + " " + rule.severity())
                        .toList());
    }
}
