package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackJsonTest {

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void writePack() throws IOException {
        folder = SamplePacks.write(temp.resolve("pack"), "sample", "1.0.0");
    }

    private List<String> findings(String json) throws Exception {
        return findings(json.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> findings(byte[] json) throws Exception {
        Files.write(folder.resolve("pack.json"), json);
        PackChecker.Result result = PackChecker.check(folder, Validation.STANDARD);
        List<String> errors = result.findings().stream()
                .filter(finding -> finding.file().equals("pack.json"))
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .map(Finding::toString)
                .toList();
        assertThat(result.pack().isPresent()).isEqualTo(errors.isEmpty());
        return errors;
    }

    @Test
    void readsWhatPublishingNeeds() throws Exception {
        assertThat(PackJson.read(folder).metadata()).contains(new PackMetadata("sample", "1.0.0", "Sample", "addon"));
    }

    @Test
    void keysThatNobodyDocumentedAreFine() throws Exception {
        assertThat(findings("""
                {"name":"a","displayName":"A","version":"1","layer":"addon","ansibleRoles":[],"commit_msg":null,
                 "kubeVersion":{"min":1},"cloudType":"aws"}
                """)).isEmpty();
    }

    @Test
    void everyMissingKeyIsNamedAtOnce() throws Exception {
        assertThat(findings("{}"))
                .containsExactly(
                        "ERROR pack.json:1: The key 'name' is missing.",
                        "ERROR pack.json:1: The key 'version' is missing.",
                        "ERROR pack.json:1: The key 'displayName' is missing.",
                        "ERROR pack.json:1: The key 'layer' is missing.");
    }

    @Test
    void valuesMustBeStringsAndNotEmpty() throws Exception {
        assertThat(findings("{\"name\":\"a\",\"displayName\":\" \",\"version\":1.5,\"layer\":null}"))
                .containsExactly(
                        "ERROR pack.json:1: The value of 'version' must be a string in quotes.",
                        "ERROR pack.json:1: The value of 'displayName' is empty.",
                        "ERROR pack.json:1: The key 'layer' is missing.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "Upper", "a b", "a__b", "a--b", "-a", "a/b", "a.", "grün"})
    void namesThatEcrRefuses(String name) throws Exception {
        assertThat(findings(SamplePacks.packJson(name, "1.0.0")))
                .containsExactly("ERROR pack.json:2: The name '" + name
                        + "' cannot be part of a repository's name in ECR. Use lower-case letters and digits,"
                        + " with single '.', '_' or '-' between them.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "argo-cd", "a.b_c-d", "0x"})
    void namesThatEcrTakes(String name) throws Exception {
        assertThat(findings(SamplePacks.packJson(name, "1.0.0"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0.0", "1.5", "v1.8.7", "0.30.0-5.5.2026", "_x"})
    void versionsThatAreTags(String version) throws Exception {
        assertThat(findings(SamplePacks.packJson("a", version))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".1", "-1", "1 0", "1/0", "1:0"})
    void versionsThatAreNoTags(String version) throws Exception {
        assertThat(findings(SamplePacks.packJson("a", version)))
                .containsExactly("ERROR pack.json:4: The version '" + version
                        + "' cannot be an OCI tag. Use letters, digits, '.', '_' and '-',"
                        + " not beginning with '.' or '-', and at most 128 characters.");
    }

    @Test
    void versionOf129CharactersIsTooLong() throws Exception {
        assertThat(findings(SamplePacks.packJson("a", "1".repeat(128)))).isEmpty();
        assertThat(findings(SamplePacks.packJson("a", "1".repeat(129)))).hasSize(1);
    }

    @Test
    void plusInAVersionIsExplained() throws Exception {
        assertThat(findings(SamplePacks.packJson("a", "1.0.0+build.7")))
                .containsExactly(
                        "ERROR pack.json:4: The version '1.0.0+build.7' holds a '+', which semantic versions allow"
                                + " but OCI tags do not, and the version becomes the tag. Use '-' instead, for example"
                                + " 1.0.0-build.7.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'name':'a','name':'b'}|19|The key 'name' stands twice in one object. Remove one of them.",
                "{'name':NaN}|12|NaN and Infinity are no values in JSON.",
                "{'name':'a'} {}|14|Something follows after the end of the object. Remove it.",
                "{'name':'a'|12|The file ends too early: a quote, '}' or ']' is missing.",
                "{'name':'a|11|The file ends too early: a quote, '}' or ']' is missing.",
                "{name:'a'}|2|A key must stand in double quotes.",
                "{'name':'a',}|13|There is a comma too many before the '}'.",
                "{'charts':['a',]}|16|A value is missing before the ']', or there is a comma too many.",
                "{'name':'a' 'version':'1'}|13|A comma is missing before this place.",
                "{'name' 'a'}|9|A colon is missing between a key and its value.",
                "{'name':a}|9|There is a word without quotes. Text must stand in double quotes.",
                "{'name':'\\x'}|11|There is a '\\' in a text that begins no escape. Write '\\\\'.",
                "{'eol':01}|9|There is a number as JSON does not write it, such as 01, +1 or 1.",
                "{'name':'a']|12|A bracket is closed that is not open: '}' and ']' are mixed up.",
                "// a|1|There is a comment, which JSON does not have.",
                "{'name':`a`}|9|Text stands in single quotes. Write double ones.",
            })
    void whatIsNotStrictJsonIsRefusedWithItsPlaceInWords(String json, int column, String why) throws Exception {
        assertThat(findings(json.replace('\'', '"').replace('`', '\'')))
                .containsExactly("ERROR pack.json:1: The file is not JSON (line 1, column " + column + "): " + why);
    }

    @Test
    void emptyFileArrayAndTextAreRefused() throws Exception {
        assertThat(findings("")).containsExactly("ERROR pack.json: The file is empty.");
        assertThat(findings("[]")).containsExactly("ERROR pack.json: The file must hold a JSON object, from { to }.");
    }

    @Test
    void byteOrderMarkAndOtherEncodingsAreRefused() throws Exception {
        assertThat(findings("\uFEFF" + SamplePacks.packJson("a", "1")))
                .containsExactly("ERROR pack.json: The file begins with a byte order mark. Save it as plain UTF-8.");
        assertThat(findings(SamplePacks.packJson("a", "1é").getBytes(StandardCharsets.ISO_8859_1)))
                .containsExactly("ERROR pack.json: The file is not UTF-8. Save it as plain UTF-8.");
    }

    @Test
    void hugeFileAndDeepNestingAreRefused() throws Exception {
        assertThat(findings(" ".repeat(2 * 1024 * 1024)))
                .containsExactly("ERROR pack.json: The file has more than 1 MiB.");
        assertThat(findings("[".repeat(100_000)))
                .singleElement()
                .asString()
                .startsWith("ERROR pack.json: The file is not JSON");
    }

    @Test
    void missingFileAndLinkAreTold() throws Exception {
        Path file = folder.resolve("pack.json");
        Files.delete(file);
        assertThat(PackChecker.check(folder, Validation.OFF).findings())
                .containsExactly(
                        Finding.of(Rule.PACK_JSON, "pack.json", "The file is missing, so this folder is not a pack."));

        Files.createSymbolicLink(file, Path.of("values.yaml"));
        assertThat(PackChecker.check(folder, Validation.OFF).findings())
                .containsExactly(Finding.of(Rule.PACK_JSON, "pack.json", "It must be a file, not a link or a folder."));
    }
}
