package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.cli.author.TestChart;
import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bump}: what changes in a pack that a person wrote is what must. */
class BumpCommandTest {

    /** Written as people write: tabs between, spaces at ends, odd indents, no line break at the end. */
    private static final String PACK_JSON = """
            {   "name" : "web",
              "displayName":"Web", "annotations": {"version": "1.0.0", "charts": "x"},
              "layer": "addon", "addonType": "ingress",
            \t"version"\t:\t"1.0.0"  ,
                "cloudTypes": [ "all" ],
              "charts": ["charts/web-1.0.0.tgz", "charts/other.tgz"]
            }""";

    private static final String VALUES = """
            # The head, by hand.
            pack:
                namespace: "web"   # ours
                content:
                  images:
                    # Runs everywhere.
                    - image: acme/web:1.0.0   # keep in step
                    - image: 'acme/tool:5'
                    - image: "acme/gone:1"
                    - image: acme/by-hand:7
                  charts:
                    - {repo: https://charts.example.com, name: web, version: 1.0.0}
                    - name: other
                      version: "0.9.0"

            manifests: {}

            charts:
              web:
                # We need three.
                replicas: 3
                level: info # the default
                tool: {image: {repository: acme/tool}}
                gone: true
              other: {}
            """;

    @TempDir
    private Path folder;

    private Path pack;

    private static TestChart web(String version) {
        return new TestChart("web", version);
    }

    @BeforeEach
    void writePack() throws IOException {
        pack = Files.createDirectory(folder.resolve("pack"));
        Files.createDirectory(pack.resolve("charts"));
        Files.writeString(pack.resolve("pack.json"), PACK_JSON);
        Files.writeString(pack.resolve("values.yaml"), VALUES);
        Files.writeString(pack.resolve("README.md"), "# Web\n");
        Files.copy(Project.ROOT.resolve("examples/hello-chart/logo.png"), pack.resolve("logo.png"));
        web("1.0.0").values("""
                        replicas: 1
                        level: info
                        image: acme/web:1.0.0
                        tool: {image: {repository: acme/tool, tag: 5}}
                        old: {image: acme/gone:1}
                        gone: false
                        same: [1, 2]
                        """).archive(pack.resolve("charts/web-1.0.0.tgz"));
        new TestChart("other", "0.9.0").archive(pack.resolve("charts/other.tgz"));
    }

    private Path newChart() {
        return web("1.1.0").values("""
                        replicas: 2
                        level: warn
                        image: acme/web:1.1.0
                        tool: {image: {repository: acme/tool, tag: 5}}
                        sidecar: {image: acme/sidecar:2, port: 80}
                        same: [1, 2]
                        debug: false
                        """).archive(folder.resolve("web.tgz"));
    }

    private static CommandRun run(Object... arguments) {
        return CommandRun.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private CommandRun bump(Object... arguments) {
        Object[] all = new Object[arguments.length + 2];
        all[0] = "bump";
        all[1] = pack;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return run(all);
    }

    private String values() throws IOException {
        return Files.readString(pack.resolve("values.yaml"));
    }

    private String json() throws IOException {
        return Files.readString(pack.resolve("pack.json"));
    }

    private List<String> charts() throws IOException {
        try (Stream<Path> files = Files.list(pack.resolve("charts"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void versionIsAllThatChangesWithoutAChart() throws Exception {
        CommandRun run = bump("1.0.1").succeeds();

        assertThat(json()).isEqualTo(PACK_JSON.replace("\t\"1.0.0\"  ,", "\t\"1.0.1\"  ,"));
        assertThat(values()).isEqualTo(VALUES);
        assertThat(charts()).containsExactly("other.tgz", "web-1.0.0.tgz");
        assertThat(run.out()).isEqualTo("pack.json:4: \"1.0.0\" -> \"1.0.1\"\n");
    }

    @Test
    void chartIsSwappedAndOnlyItsLinesChange() throws Exception {
        Path chart = newChart();

        CommandRun run = bump("1.1.0", "--chart", chart).succeeds();

        assertThat(json())
                .isEqualTo(PACK_JSON
                        .replace("\t\"1.0.0\"  ,", "\t\"1.1.0\"  ,")
                        .replace("web-1.0.0.tgz", "web-1.1.0.tgz"));
        assertThat(values())
                .isEqualTo(VALUES.replace("acme/web:1.0.0   #", "acme/web:1.1.0   #")
                        .replace("name: web, version: 1.0.0}", "name: web, version: 1.1.0}")
                        .replace("acme/by-hand:7\n", "acme/by-hand:7\n        - image: acme/sidecar:2\n"));
        assertThat(charts()).containsExactly("other.tgz", "web-1.1.0.tgz");
        assertThat(pack.resolve("charts/web-1.1.0.tgz")).hasSameBinaryContentAs(chart);
        assertThat(run.out().lines())
                .containsExactlyInAnyOrder(
                        "charts/web-1.0.0.tgz -> charts/web-1.1.0.tgz",
                        "pack.json:4: \"1.0.0\" -> \"1.1.0\"",
                        "pack.json:6: \"charts/web-1.0.0.tgz\" -> \"charts/web-1.1.0.tgz\"",
                        "values.yaml:7: acme/web:1.0.0 -> acme/web:1.1.0",
                        "values.yaml:10: + - image: acme/sidecar:2",
                        "values.yaml:12: 1.0.0 -> 1.1.0",
                        "changed  charts.web.replicas: 1 -> 2 (values.yaml sets it to 3)",
                        "changed  charts.web.level: info -> warn (values.yaml sets it to info)",
                        "changed  charts.web.image: acme/web:1.0.0 -> acme/web:1.1.0",
                        "new      charts.web.sidecar: {2 keys}",
                        "new      charts.web.debug: false",
                        "gone     charts.web.old",
                        "gone     charts.web.gone (values.yaml sets it to true)");
        assertThat(run.err())
                .contains("pack.content.images lists acme/gone:1, which the chart names no more. Remove it unless");
        run("validate", pack).succeeds();
    }

    @Test
    void defaultsAreTakenWhereTheAuthorSetsNone() throws Exception {
        bump("1.1.0", "--chart", newChart(), "--take-defaults").succeeds();

        assertThat(values()).contains("    replicas: 3\n", "    level: warn # the default\n");
    }

    @Test
    void imageThatThePackPinsStaysListed() throws Exception {
        Files.writeString(
                pack.resolve("values.yaml"), VALUES.replace("    gone: true\n", "    image: acme/web:1.0.0\n"));

        bump("1.1.0", "--chart", newChart()).succeeds();

        assertThat(values()).contains("- image: acme/web:1.0.0   # keep in step\n", "    image: acme/web:1.0.0\n");

        bump("1.1.1", "--chart", web("1.2.0").values("image: acme/web:1.2.0\n").archive(folder.resolve("w.tgz")))
                .succeeds();
        assertThat(values()).contains("    image: acme/web:1.0.0\n");
    }

    @Test
    void lineEndsMacrosAndFileNamesWithoutVersionStay() throws Exception {
        String text = VALUES.replace("replicas: 3", "replicas: {{.spectro.var.n}}")
                .replace("    # We need three.\n", "    {{.spectro.var.line}}\n")
                .replace("\n", "\r\n");
        Files.writeString(pack.resolve("values.yaml"), text);
        Path chart = new TestChart("other", "1.0.0").folder(folder.resolve("other"));

        bump("1.0.1", "--chart", chart, "--chart", newChart()).succeeds();

        assertThat(values())
                .isEqualTo(text.replace("acme/web:1.0.0   #", "acme/web:1.1.0   #")
                        .replace("name: web, version: 1.0.0}", "name: web, version: 1.1.0}")
                        .replace("version: \"0.9.0\"", "version: \"1.0.0\"")
                        .replace("acme/by-hand:7\r\n", "acme/by-hand:7\r\n        - image: acme/sidecar:2\r\n"));
        assertThat(json()).contains("\"charts/other.tgz\"");
        assertThat(charts()).containsExactly("other.tgz", "web-1.1.0.tgz");
        // Again, with nothing left to change.
        assertThat(bump("1.0.1", "--chart", chart).succeeds().out()).isEmpty();
    }

    @Test
    void packThatInitWroteIsRaised() throws Exception {
        Path made = folder.resolve("made");
        run("init", made, "--chart", pack.resolve("charts/web-1.0.0.tgz")).succeeds();
        String before = Files.readString(made.resolve("values.yaml"));

        run("bump", made, "1.1.0", "--chart", newChart(), "--take-defaults").succeeds();

        assertThat(Files.readString(made.resolve("values.yaml")))
                .isEqualTo(before.replace("acme/web:1.0.0", "acme/web:1.1.0")
                        .replace("        version: 1.0.0", "        version: 1.1.0")
                        .replace("    replicas: 1", "    replicas: 2")
                        .replace("    level: info", "    level: warn")
                        .replace(
                                "      - image: acme/gone:1\n",
                                "      - image: acme/gone:1\n      - image: acme/sidecar:2\n"));
        run("validate", "--validation", "strict", made).succeeds();
    }

    @Test
    void newImagesStandInTheOrderOfTheChart() throws Exception {
        Path chart = web("1.1.0").values("""
                        image: acme/web:1.1.0
                        tool: {image: {repository: acme/tool, tag: 5}}
                        first: {image: acme/first:1}
                        second: {image: acme/second:2}
                        third: {image: acme/third:3}
                        """).archive(folder.resolve("web.tgz"));

        CommandRun run = bump("1.1.0", "--chart", chart).succeeds();

        assertThat(values())
                .contains("acme/by-hand:7\n        - image: acme/first:1\n        - image: acme/second:2\n"
                        + "        - image: acme/third:3\n      charts:\n");
        assertThat(run.out().lines().filter(line -> line.startsWith("values.yaml:")))
                .containsExactly(
                        "values.yaml:7: acme/web:1.0.0 -> acme/web:1.1.0",
                        "values.yaml:10: + - image: acme/first:1",
                        "values.yaml:10: + - image: acme/second:2",
                        "values.yaml:10: + - image: acme/third:3",
                        "values.yaml:12: 1.0.0 -> 1.1.0");
    }

    @Test
    void imageThatTheAuthorListsWithAnotherPrefixIsRaised() throws Exception {
        Files.writeString(pack.resolve("values.yaml"), VALUES.replace("acme/web:1.0.0", "acme/web:v1.0.0"));

        bump("1.1.0", "--chart", newChart()).succeeds();

        assertThat(values())
                .contains("- image: acme/web:v1.1.0   # keep in step\n")
                .doesNotContain("acme/web:1.1.0");
    }

    @Test
    void imageThatTheAuthorListsWithDockerHubIsRaised() throws Exception {
        Files.writeString(
                pack.resolve("values.yaml"),
                VALUES.replace("image: acme/web:1.0.0", "image: docker.io/acme/web:1.0.0"));

        bump("1.1.0", "--chart", newChart()).succeeds();

        assertThat(values())
                .contains("    - image: docker.io/acme/web:1.1.0   # keep in step\n")
                .doesNotContain("image: acme/web:");
    }

    @Test
    void whatAPersonMayHaveOverlookedIsTold() throws Exception {
        assertThat(bump("0.9.0", "--dry-run").succeeds().err())
                .contains(
                        "pack.json: 0.9.0 is lower than 1.0.0, so Palette goes on taking the other for the newer one.");
        assertThat(bump("1.1.0", "--chart", newChart(), "--dry-run").succeeds().err())
                .contains("values.yaml: charts.web goes on setting 1 value that was the old chart's default")
                .contains("Give --take-defaults");
        assertThat(bump("1.1.0", "--chart", newChart(), "--take-defaults", "--dry-run")
                        .succeeds()
                        .err())
                .doesNotContain("--take-defaults");
    }

    @Test
    void whatIsWrittenOnSeveralLinesIsLeftWithItsLine() throws Exception {
        String text = VALUES.replace("version: 1.0.0}", "version: &v 1.0.0}");
        Files.writeString(pack.resolve("values.yaml"), text);

        CommandRun run = bump("1.1.0", "--chart", newChart(), "--dry-run").succeeds();

        assertThat(run.err())
                .contains("values.yaml:12: pack.content.charts names another version of web. Say 1.1.0 there");
    }

    @Test
    void dryRunChangesNothing() throws Exception {
        CommandRun run = bump("1.1.0", "--chart", newChart(), "--dry-run").succeeds();

        assertThat(run.out()).contains("values.yaml:7: acme/web:1.0.0 -> acme/web:1.1.0", "new      charts.web.debug");
        assertThat(run.err()).startsWith("Nothing was changed.\n");
        assertThat(json()).isEqualTo(PACK_JSON);
        assertThat(values()).isEqualTo(VALUES);
        assertThat(charts()).containsExactly("other.tgz", "web-1.0.0.tgz");
    }

    /** It would be of the pack as it was, and much of it gone with the new version. */
    @Test
    void dryRunSaysNothingOfThePackAsItIs() throws Exception {
        Files.delete(pack.resolve("logo.png"));
        assertThat(bump("1.1.0", "--dry-run").succeeds().err()).doesNotContain("logo.png");
        assertThat(bump("1.1.0").succeeds().err()).contains("logo.png");
    }

    private void changesNothing(CommandRun run, String said) throws IOException {
        assertThat(run.fails(ExitCode.INVALID_PACK).err()).startsWith("Error: ").contains(said);
        assertThat(json()).isEqualTo(PACK_JSON);
        assertThat(values()).isEqualTo(VALUES);
    }

    @Test
    void whatCannotBeRaisedIsTold() throws Exception {
        changesNothing(bump("1.0.0"), "The pack has the version 1.0.0 already.");
        changesNothing(bump("1.1.0+7"), "holds a '+'");
        changesNothing(
                bump("2.0.0", "--chart", new TestChart("else", "1.0.0").archive(folder.resolve("e.tgz"))),
                "The chart is called 'else', and the pack has none of that name. Its charts are web, other.");
        changesNothing(bump("2.0.0", "--chart", newChart(), "--chart", newChart()), "The chart 'web' was given twice.");
        changesNothing(bump("2.0.0", "--chart", folder.resolve("none.tgz")), "There is no such file or folder.");
        Files.write(pack.resolve("charts/web-1.1.0.tgz"), new byte[] {1});
        changesNothing(bump("2.0.0", "--chart", newChart()), "There is such a file already, with other content.");
        assertThat(run("bump", folder.resolve("none"), "1.0.0")
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains("none: There is no such folder.");
        assertThat(run("bump", pack).fails(ExitCode.USAGE).err()).contains("VERSION");
    }

    @Test
    void packOfManifestsIsRaised() throws Exception {
        Path manifests = SamplePacks.write(folder.resolve("manifests"), "sample", "1.0.0");
        run("bump", manifests, "1.0.0-rc.2").succeeds();
        assertThat(Files.readString(manifests.resolve("pack.json")))
                .isEqualTo(SamplePacks.packJson("sample", "1.0.0-rc.2"));
    }
}
