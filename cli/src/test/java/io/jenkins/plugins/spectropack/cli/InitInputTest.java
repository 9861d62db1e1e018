package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.cli.author.TestChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code init} with what people have: names that no pack can have, values that say half of it, objects of all kinds. */
class InitInputTest {

    @TempDir
    private Path folder;

    private Path manifest() throws IOException {
        return Files.writeString(
                folder.resolve("m.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: greeting\n");
    }

    private static CommandRun run(Object... arguments) {
        return CommandRun.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private String text(String path) throws IOException {
        return Files.readString(folder.resolve(path));
    }

    private List<String> images(String pack) throws IOException {
        return text(pack + "/values.yaml")
                .lines()
                .filter(line -> line.startsWith("      - image: "))
                .map(line -> line.substring(15))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "My Tool 2, my-tool-2, My Tool 2",
        "Größe_é, grosse_e, Größe É",
        "_web__proxy-, web_proxy, Web Proxy",
        "a.-b, a.b, A B"
    })
    void nameIsMadeOfAFolderThatCannotBeOne(String given, String name, String shown) throws Exception {
        CommandRun run =
                run("init", folder.resolve(given), "--manifest", manifest()).succeeds();

        assertThat(text(given + "/pack.json"))
                .contains("\"name\": \"" + name + "\"", "\"displayName\": \"" + shown + "\"");
        assertThat(run.err()).contains("pack.json: the name is '" + name + "', since '" + given + "' cannot be one.");
        run("validate", "--validation", "strict", folder.resolve(given)).succeeds();
    }

    @Test
    void folderOfWhichNoNameCanBeMadeIsTold() throws Exception {
        assertThat(run("init", folder.resolve("日本"), "--manifest", manifest())
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .isEqualTo("Error: pack.json: No name can be made of '日本'. Give --name.\n");
        run("init", folder.resolve("日本"), "--manifest", manifest(), "--name", "japan")
                .succeeds();
        assertThat(text("日本/values.yaml")).contains("namespace: japan\n");
    }

    @ParameterizedTest
    @CsvSource({"3-canary, 3.0.0-canary", "v2, v2.0.0", "1.5, 1.5", "1.2.3+up.4, 1.2.3-up.4"})
    void versionOfTheChartBecomesOneThatAPackCanHave(String chart, String pack) throws Exception {
        Path archive = new TestChart("web", chart).archive(folder.resolve("c.tgz"));

        CommandRun run = run("init", folder.resolve("pack"), "--chart", archive).succeeds();

        assertThat(text("pack/pack.json")).contains("\"version\": \"" + pack + "\"");
        assertThat(run.err().contains("since the chart's, " + chart)).isEqualTo(!chart.equals(pack));
        run("validate", "--validation", "strict", folder.resolve("pack")).succeeds();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Kube System", "-a", "a.b", ""})
    void namespaceThatCannotBeIsRefused(String namespace) throws Exception {
        assertThat(run("init", folder.resolve("pack"), "--manifest", manifest(), "--namespace", namespace)
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .startsWith("Error: values.yaml: The namespace '" + namespace + "' cannot be one in Kubernetes.");
        assertThat(folder.resolve("pack")).doesNotExist();
    }

    @Test
    void namespaceMayHoldWhatPaletteReplaces() throws Exception {
        run("init", folder.resolve("pack"), "--manifest", manifest(), "--namespace", "{{.spectro.var.ns}}")
                .succeeds();
        assertThat(text("pack/values.yaml")).contains("  namespace: '{{.spectro.var.ns}}'\n");
    }

    @Test
    void imagesOfAllKindsOfObjectsAreFound() throws Exception {
        String digest = "ab".repeat(32);
        Path manifest = Files.writeString(
                folder.resolve("all.yaml"), """
                apiVersion: v1
                kind: List
                items:
                - apiVersion: batch/v1
                  kind: CronJob
                  metadata: {name: c}
                  spec:
                    jobTemplate:
                      spec:
                        template:
                          spec:
                            initContainers: [{name: i, image: "quay.io/a/init:1"}]
                            containers:
                            - {name: c, image: docker.io/a/cron:2, args: ["--image=quay.io/no/no:1", "quay.io/no/arg:2"]}
                - apiVersion: apps/v1
                  kind: StatefulSet
                  metadata: {name: s}
                  spec:
                    template:
                      spec:
                        ephemeralContainers: [{name: e, image: a/debug:1}]
                        containers: [{name: s, image: "r.example:5000/a/set:1@sha256:%s"}]
                        volumes: [{name: v, image: {reference: quay.io/a/volume:1}}]
                ---
                # nothing
                ---
                apiVersion: apps/v1
                kind: DeploymentList
                items:
                - {spec: {template: {spec: {containers: [{image: a/deployment:1}]}}}}
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: n}
                stringData: {image: no/secret:1}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec: {containers: [{name: p, image: 450}]}
                ...
                """.formatted(digest).replace("\n", "\r\n"));

        run("init", folder.resolve("pack"), "--manifest", manifest).succeeds();

        assertThat(images("pack"))
                .containsExactly(
                        "quay.io/a/init:1",
                        "docker.io/a/cron:2",
                        "a/debug:1",
                        "r.example:5000/a/set:1@sha256:" + digest,
                        "quay.io/a/volume:1",
                        "a/deployment:1");
        assertThat(folder.resolve("pack/manifests/all.yaml")).hasSameBinaryContentAs(manifest);
    }

    @Test
    void imagesThatValuesNameInPartAreTold() throws Exception {
        Path chart = new TestChart("web", "1.0.0").values("""
                        global: {registry: ghcr.io/acme}
                        admission: {image: {name: admission}}
                        binder: {image: {name: binder, tag: v1}}
                        operator: {image: {registry: quay.io/acme, name: operator, tag: v1}}
                        app: {image: {repository: ghcr.io/acme/app}}
                        tool: {image: ghcr.io/acme/tool}
                        latest: {image: ghcr.io/acme/new:latest}
                        cache: {image: "redis:7"}
                        pinned: {image: ghcr.io/acme/pinned:1}
                        sizeOfImage: 250
                        """).archive(folder.resolve("c.tgz"));

        CommandRun run = run("init", folder.resolve("pack"), "--chart", chart).succeeds();

        assertThat(images("pack"))
                .containsExactly(
                        "quay.io/acme/operator:v1",
                        "ghcr.io/acme/app:9.9",
                        "ghcr.io/acme/tool",
                        "ghcr.io/acme/new:latest",
                        "redis:7",
                        "ghcr.io/acme/pinned:1");
        assertThat(run.err())
                .contains(
                        "the default values of the chart web do not say where admission, binder come from.",
                        "names ghcr.io/acme/app:9.9: the chart's appVersion is taken for the tag",
                        "names ghcr.io/acme/tool, ghcr.io/acme/new:latest: no tag is said, or 'latest'",
                        "names redis:7: no registry is said");
    }

    @Test
    void templatesThatValuesCouldNotTellApartAreRefused() throws Exception {
        Path one = Files.writeString(folder.resolve("same.yaml"), "a: {{ .x }}\n");
        Path two = Files.writeString(folder.resolve("same.json"), "{\"a\": \"{{ .y }}\"}\n");

        assertThat(run("init", folder.resolve("pack"), "--manifest", one, "--manifest", two)
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains(two + ": It is a template as " + one + " is, and values call both 'same'");

        Path plain = Files.writeString(folder.resolve("same.yml"), Files.readString(manifest()));
        run("init", folder.resolve("pack"), "--manifest", one, "--manifest", plain)
                .succeeds();
        assertThat(text("pack/values.yaml")).endsWith("manifests:\n  same: {}\n");
    }

    @Test
    void blankLinesThatCountAreKept() throws Exception {
        Path one = new TestChart("one", "1.0.0").values("text: |+\n  x\n\n\n").archive(folder.resolve("one.tgz"));
        Path two = new TestChart("two", "1.0.0").values("\uFEFFa: ü # 😀\n\n\n").archive(folder.resolve("two.tgz"));

        run("init", folder.resolve("pack"), "--chart", one, "--chart", two).succeeds();

        assertThat(text("pack/values.yaml"))
                .endsWith("charts:\n  one:\n    text: |+\n      x\n\n\n  two:\n    a: ü # 😀\n");
    }

    @Test
    void ignoreFileThatLeavesOutTheChartItselfIsNamed() throws Exception {
        Path chart = new TestChart("web", "1.0.0")
                .file(".helmignore", "*.md\n!README.md\n")
                .folder(folder.resolve("web"));

        assertThat(run("init", folder.resolve("pack"), "--chart", chart)
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains("Its .helmignore leaves out Chart.yaml", "'!'");
    }

    @Test
    void chartOfTheOlderKindSaysInItsOwnFileWhatItDependsOn() throws Exception {
        TestChart chart = new TestChart("web", "1.0.0")
                .file("Chart.yaml", "apiVersion: v1\nname: web\nversion: 1.0.0\n")
                .file("requirements.yaml", "dependencies:\n- {name: cache, version: 1.x, alias: redis}\n")
                .values("redis: {image: {tag: '8'}}\n");
        Path source = chart.folder(folder.resolve("web"));
        assertThat(run("init", folder.resolve("pack"), "--chart", source)
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains("depends on cache and does not hold it");

        new TestChart("cache", "1.2.0")
                .values("image: {repository: acme/cache, tag: '7'}\n")
                .archive(Files.createDirectory(source.resolve("charts")).resolve("cache-1.2.0.tgz"));
        run("init", folder.resolve("pack"), "--chart", source).succeeds();

        assertThat(images("pack")).containsExactly("acme/cache:8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "init||--chart|c",
                "init|pack|--chart|",
                "init|pack|--manifest|",
                "init|pack|--logo|",
                "bump||1.0.0"
            })
    void emptyPathIsNotTheCurrentFolder(String arguments) {
        CommandRun run = CommandRun.execute(arguments.split("\\|", -1)).fails(ExitCode.USAGE);

        assertThat(run.err()).containsPattern("^Error: (FOLDER|--chart|--manifest|--logo) is empty\\. ");
        assertThat(run.err().lines()).hasSize(2);
    }

    @Test
    void folderThatCannotBeWrittenIsTold() throws Exception {
        Path file = manifest();
        assertThat(run("init", file.resolve("pack"), "--manifest", file)
                        .fails(ExitCode.FAILED)
                        .err())
                .isEqualTo("Error: " + file.resolve("pack")
                        + ": The pack cannot be written there: there is something of that name already.\n");
        Path longer = folder.resolve("a".repeat(256));
        assertThat(run("init", longer, "--manifest", file, "--name", "short")
                        .fails(ExitCode.FAILED)
                        .err())
                .isEqualTo("Error: " + longer + ": The pack cannot be written there: File name too long.\n");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }
}
