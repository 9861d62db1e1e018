package io.jenkins.plugins.spectropack.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.Rule;
import io.jenkins.plugins.spectropack.engine.pack.TestPack;
import io.jenkins.plugins.spectropack.engine.pack.Validation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checking without publishing, and what it hands to programs. */
class ValidateRunTest {

    private final List<String> log = new ArrayList<>();

    @TempDir
    private Path folder;

    private ValidateResult run(Validation validation, String... packs) throws Exception {
        return new ValidateRun(List.of(packs), validation, folder, true, log::add).run();
    }

    private static ValidateResult sent(ValidateResult result) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(result);
        }
        try (ObjectInputStream stream = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (ValidateResult) stream.readObject();
        }
    }

    @Test
    void findingsAreLoggedAndComeBackInOneValue() throws Exception {
        new TestPack().write(folder.resolve("packs/good"));
        new TestPack().set("eol", "7").without("README.md").write(folder.resolve("packs/bad one"));

        ValidateResult result = sent(run(Validation.STANDARD, "packs/*"));

        assertThat(log)
                .containsExactly(
                        "ERROR packs/bad one/pack.json:13: The value of 'eol' must be a string in quotes. [value-type]",
                        "WARNING packs/bad one/README.md: The file is missing. Palette shows it: say what the pack does."
                                + " [readme-missing]",
                        "2 packs checked: 1 error, 1 warning.");
        assertThat(result.error()).contains("1 pack is invalid.");
        assertThat(result.isValid()).isFalse();
        assertThat(result.isComplete()).isTrue();
        assertThat(result.summary()).isEqualTo("2 packs checked: 1 error, 1 warning.");
        assertThat(result.findings())
                .extracting(PackFinding::getPlace)
                .containsExactly("packs/bad one/pack.json:13", "packs/bad one/README.md");
        assertThat(result.packs()).extracting(CheckedPack::getFolder).containsExactly("packs/bad one", "packs/good");
        assertThat(JsonMapper.shared().writeValueAsString(result.packs().get(1).toMap()))
                .isEqualTo("{\"folder\":\"packs/good\",\"name\":\"sample\",\"version\":\"1.0.0\",\"valid\":true,"
                        + "\"findings\":[]}");
        assertThat(result.packs().get(0).getFindings())
                .extracting(PackFinding::getFile)
                .containsExactly("pack.json", "README.md");
    }

    @Test
    void warningsCountWhereTheyAreToCount() throws Exception {
        new TestPack().without("README.md").write(folder.resolve("pack"));

        assertThat(run(Validation.STANDARD, "pack").isValid()).isTrue();
        assertThat(run(Validation.STRICT, "pack").error()).contains("1 pack is invalid.");
        assertThat(run(Validation.OFF, "pack").findings()).isEmpty();
    }

    @Test
    void whatIsNotThereOrOutsideIsTold() throws Exception {
        Files.createDirectory(folder.resolve("inner"));
        new TestPack().write(folder.resolve("pack"));

        ValidateResult none = run(Validation.STANDARD, "none/*");
        assertThat(none.isComplete()).isFalse();
        assertThat(none.error())
                .contains("The pattern 'none/*' matches no folder below " + folder.toAbsolutePath() + ".");
        ValidateResult outside =
                new ValidateRun(List.of("../pack"), Validation.STANDARD, folder.resolve("inner"), true, log::add).run();
        assertThat(outside.error())
                .hasValueSatisfying(error -> assertThat(error)
                        .startsWith("The folder ")
                        .endsWith(" lies outside the workspace. Only packs inside it are published."));
    }

    /** A pack with as many errors as are asked for, and a warning. */
    private void writeBad(String name, int errors) throws Exception {
        String types = IntStream.range(0, errors).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
        new TestPack().set("cloudTypes", types).without("README.md").write(folder.resolve("packs/" + name));
    }

    @Test
    void runTellsAThousandFindingsAndCountsTheRestTheSameEverywhere() throws Exception {
        for (int i = 0; i < 30; i++) {
            writeBad("p%02d".formatted(i), 60);
        }

        ValidateResult result = sent(run(Validation.STANDARD, "packs/*"));

        assertThat(result.summary()).isEqualTo("30 packs checked: 1800 errors, 30 warnings.");
        List<String> told =
                result.findings().stream().map(PackFinding::toString).toList();
        assertThat(told).hasSize(1002);
        assertThat(told.subList(1000, 1002))
                .containsExactly(
                        "ERROR .: And 816 more findings of this rule in the packs. [value-type]",
                        "WARNING .: And 14 more findings of this rule in the packs. [readme-missing]");
        assertThat(log.subList(0, 1002)).isEqualTo(told);
        assertThat(log).hasSize(1003);
        assertThat(result.packs().get(0).getFindings()).hasSize(61);
        // Whatever was found before, an invalid pack has a reason.
        assertThat(result.packs().get(29).getFindings())
                .extracting(PackFinding::toString)
                .containsExactly(
                        "ERROR pack.json:7: Element 1 of 'cloudTypes' must be a string in quotes. [value-type]",
                        "ERROR .: And 59 more findings of this rule in the pack. [value-type]",
                        "WARNING .: And 1 more finding of this rule in the pack. [readme-missing]");
        assertThat(result.packs().stream()
                        .flatMap(pack -> pack.getFindings().stream())
                        .mapToLong(PackFinding::getCount)
                        .sum())
                .isEqualTo(1830);
        JsonNode sarif = JsonMapper.shared()
                .readTree(Sarif.text(result.findings(), folder, result.isComplete(), "1.2.3"))
                .path("runs")
                .path(0)
                .path("results");
        assertThat(sarif).hasSize(1002);
        assertThat(sarif.path(1000).path("occurrenceCount").intValue()).isEqualTo(816);
        assertThat(ValidateResult.copyOf(result).findings()).isEqualTo(result.findings());
    }

    @Test
    void sarifNamesFilesFromTheFolderOn() throws Exception {
        new TestPack().set("eol", "7").write(folder.resolve("packs/bad one"));
        ValidateResult result = run(Validation.STANDARD, "packs/*");

        JsonNode sarif = JsonMapper.shared()
                .readTree(Sarif.text(result.findings(), folder, result.isComplete(), "1.2.3"))
                .path("runs")
                .path(0);

        assertThat(sarif.path("tool").path("driver").path("version").stringValue())
                .isEqualTo("1.2.3");
        assertThat(sarif.path("results").path(0).toString())
                .isEqualTo("{\"ruleId\":\"value-type\",\"ruleIndex\":" + Rule.VALUE_TYPE.ordinal()
                        + ",\"level\":\"error\",\"message\":{\"text\":\"The value of 'eol' must be a string in quotes.\"},"
                        + "\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":\"packs/bad%20one/pack.json\"},"
                        + "\"region\":{\"startLine\":13}},"
                        + "\"logicalLocations\":[{\"fullyQualifiedName\":\"/eol\",\"kind\":\"member\"}]}]}");
    }
}
