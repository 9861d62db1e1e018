package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.cli.author.TestChart;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code init}: from charts and manifests to a pack that is valid as it is. */
class InitCommandTest {

    private static final Path EXAMPLES = Project.ROOT.resolve("examples");

    @TempDir
    private Path folder;

    private static CommandRun run(Object... arguments) {
        return CommandRun.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    private CommandRun init(Object... arguments) {
        Object[] all = new Object[arguments.length + 2];
        all[0] = "init";
        all[1] = folder.resolve("pack");
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return run(all);
    }

    private String text(String path) throws IOException {
        return Files.readString(folder.resolve("pack").resolve(path));
    }

    private List<String> files() throws IOException {
        if (!Files.exists(folder.resolve("pack"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("pack"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.resolve("pack").relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /** Nothing but what tests put there. */
    private void nothingIsLeft() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            assertThat(children.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".part") || name.equals("pack"));
        }
    }

    /** Strictly valid, and published. */
    private void isPublishedUnedited(String nameAndVersion) throws IOException {
        run("validate", "--validation", "strict", folder.resolve("pack")).succeeds();
        try (EcrSandbox ecr = EcrSandbox.builder().start();
                InProcess publish = InProcess.of(ecr, folder, InProcess.PATIENT)) {
            assertThat(publish.publish(
                                    "--validation",
                                    "strict",
                                    folder.resolve("pack").toString())
                            .succeeds()
                            .out())
                    .contains("/" + nameAndVersion + " ")
                    .startsWith("PUBLISHED ");
        }
    }

    @Test
    void chartOfTheExamplesBecomesAPackThatIsPublishedUnedited() throws Exception {
        CommandRun run = init("--chart", EXAMPLES.resolve("hello-chart/charts/hello-0.1.0.tgz"))
                .succeeds();

        assertThat(text("pack.json")).isEqualTo("""
                {
                  "name": "hello",
                  "displayName": "Hello",
                  "version": "0.1.0",
                  "layer": "addon",
                  "addonType": "app services",
                  "cloudTypes": [
                    "all"
                  ],
                  "charts": [
                    "charts/hello-0.1.0.tgz"
                  ]
                }
                """);
        assertThat(text("values.yaml")).isEqualTo("""
                pack:
                  # Where charts and manifests are installed. Palette makes the namespace if it is missing.
                  namespace: hello
                  # What Palette copies for clusters that reach no registry but their own.
                  content:
                    images:
                      - image: docker.io/library/nginx:1.29
                    charts:
                      - name: hello
                        version: 0.1.0

                charts:
                  hello:
                    replicas: 1
                    image: docker.io/library/nginx:1.29
                """);
        assertThat(folder.resolve("pack/charts/hello-0.1.0.tgz"))
                .hasSameBinaryContentAs(EXAMPLES.resolve("hello-chart/charts/hello-0.1.0.tgz"));
        assertThat(text("README.md"))
                .isEqualTo(
                        "# Hello\n\nInstalls the Helm chart `hello`, version 0.1.0: Answers every request with a greeting.\n");
        assertThat(run.out().lines())
                .hasSize(6)
                .startsWith(folder.resolve("pack").toString())
                .anyMatch(line -> line.startsWith("  charts/hello-0.1.0.tgz ("));
        assertThat(run.err())
                .startsWith("Wrote 5 files.\nOnly you can say:\n")
                .contains("addonType is 'app services', which is a guess", "logo.png: it is a neutral one", "'repo'");
        isPublishedUnedited("hello:0.1.0");
    }

    @Test
    void threeManifestsBecomeAPackInTheGivenOrder() throws Exception {
        Path last = Files.writeString(folder.resolve("a-last.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: web
                spec:
                  template:
                    spec:
                      initContainers:
                        - name: init
                          image: busybox:1.36
                      containers:
                        - name: web
                          image: "ghcr.io/acme/web@sha256:%s"
                """.formatted("ab".repeat(32)));
        Path first = Files.writeString(folder.resolve("z-first.yaml"), "apiVersion: v1\nkind: Namespace\n");
        Path template = Files.writeString(folder.resolve("tuned.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: {{ .Values.prefix | quote }}
                  namespace: {{ .Release.Namespace }}
                data:
                  image: not/an-image:1
                  cluster: "{{.spectro.system.cluster.name}}"
                  greeting: "{{.greeting}}"
                """);

        CommandRun run = init("--manifest", first, "--manifest", template, "--manifest", last)
                .succeeds();

        assertThat(text("pack.json")).endsWith("""
                  "kubeManifests": [
                    "manifests/z-first.yaml",
                    "manifests/tuned.yaml",
                    "manifests/a-last.yaml"
                  ]
                }
                """);
        assertThat(text("values.yaml")).endsWith("""
                    images:
                      - image: busybox:1.36
                      - image: ghcr.io/acme/web@sha256:%s

                manifests:
                  tuned: {}
                """.formatted("ab".repeat(32)));
        assertThat(run.err())
                .contains("manifests/tuned.yaml is a template. Give its parameters below manifests.tuned:"
                        + " greeting, prefix.");
        isPublishedUnedited("pack:1.0.0");
    }

    @Test
    void folderOfManifestsIsTakenInTheOrderOfNames() throws Exception {
        Path manifests = Files.createDirectory(folder.resolve("in"));
        for (String name : List.of("b.yml", "a.yaml", "c.txt")) {
            Files.writeString(manifests.resolve(name), "kind: ConfigMap\n");
        }
        init("--manifest", manifests, "--name", "many", "--version", "2.0.0").succeeds();

        assertThat(text("pack.json")).contains("\"manifests/a.yaml\",\n    \"manifests/b.yml\"\n");
        assertThat(files()).doesNotContain("manifests/c.txt");
    }

    @Test
    void nameAndVersionComeFromTheFolderWhereNothingElseSaysThem() throws Exception {
        Path manifest = Files.writeString(folder.resolve("m.yaml"), "kind: ConfigMap\n");
        Path pack = folder.resolve("My-Tool-2.3.4-rc.1");

        run("init", pack, "--manifest", manifest).succeeds();

        assertThat(Files.readString(pack.resolve("pack.json")))
                .contains("\"name\": \"my-tool\"", "\"displayName\": \"My Tool\"", "\"version\": \"2.3.4-rc.1\"");
    }

    @Test
    void whatTheAuthorSaysGoesFirst() throws Exception {
        Path chart = new TestChart("web", "1.2.3+build.4")
                .file("README.md", "# From the chart\n")
                .archive(folder.resolve("web.tgz"));
        Path logo = Files.write(folder.resolve("own.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 1});

        CommandRun run = init(
                        "--chart",
                        chart,
                        "--name",
                        "other",
                        "--version",
                        "7.0.0",
                        "--display-name",
                        "Something \"Else\"",
                        "--layer",
                        "csi",
                        "--namespace",
                        "kube-system",
                        "--logo",
                        logo)
                .succeeds();

        assertThat(text("pack.json"))
                .contains(
                        "\"name\": \"other\"",
                        "\"version\": \"7.0.0\"",
                        "\"displayName\": \"Something \\\"Else\\\"\"",
                        "\"layer\": \"csi\"")
                .doesNotContain("addonType");
        assertThat(text("values.yaml")).contains("  namespace: kube-system\n");
        assertThat(text("README.md")).isEqualTo("# From the chart\n");
        assertThat(folder.resolve("pack/logo.png")).hasSameBinaryContentAs(logo);
        assertThat(run.err()).doesNotContain("logo.png:", "README.md:", "addonType");

        init("--chart", chart, "--force").succeeds();
        assertThat(text("pack.json")).contains("\"version\": \"1.2.3-build.4\"");
    }

    @Test
    void valuesKeepTheirCommentsOrderAndMeaning() throws Exception {
        Path one =
                new TestChart("one", "1.0.0").values("""
                        # The head of the file.
                        %TAG ! tag:example.com,2000:
                        ---
                        # -- How many
                        replicas: 1 # a few

                        list:
                        - a
                        -   b
                        text: |
                          line one

                            line two
                        folded: >-
                          x
                          y
                        quoted: "a
                          b"
                        "odd key": {x: 1,
                          y: 2}
                        base: &base {a: 1}
                        more: *base
                        # the end
                        ---
                        second: document
                        """.replace("\n", "\r\n")).archive(folder.resolve("one.tgz"));
        Path two = new TestChart("two", "1.0.0").values("# nothing\n# to set\n").archive(folder.resolve("two.tgz"));
        Path three = new TestChart("2048", "1.0.0").archive(folder.resolve("three.tgz"));

        init("--chart", one, "--chart", two, "--chart", three).succeeds();

        assertThat(text("values.yaml").substring(text("values.yaml").indexOf("charts:\n  one:")))
                .isEqualTo("""
                        charts:
                          one:
                            # The head of the file.
                            # -- How many
                            replicas: 1 # a few

                            list:
                            - a
                            -   b
                            text: |
                              line one

                                line two
                            folded: >-
                              x
                              y
                            quoted: "a
                              b"
                            "odd key": {x: 1,
                              y: 2}
                            base: &base {a: 1}
                            more: *base
                            # the end
                          two: {}
                            # nothing
                            # to set
                          '2048': {}
                        """);
        isPublishedUnedited("pack:1.0.0");
    }

    @Test
    void imagesAreFoundInAllFormsThatChartsUse() throws Exception {
        byte[] cache = new TestChart("cache", "3.0.0")
                .values("image:\n  registry: docker.io\n  repository: acme/cache\n  tag: '7.2'\n")
                .bytes();
        Path chart = new TestChart("web", "1.0.0")
                .file(
                        "Chart.yaml",
                        "apiVersion: v2\nname: web\nversion: 1.0.0\nappVersion: v5.6\ndependencies:\n"
                                + "- name: cache\n  alias: redis\n  version: 3.0.0\n")
                .file("charts/cache-3.0.0.tgz", cache)
                .values("""
                        image: docker.io/library/nginx:1.10
                        sidecar:
                          image: {repository: quay.io/acme/sidecar, tag: ~, pullPolicy: Always}
                        init:
                          image: {registry: ghcr.io, repository: acme/init, tag: 1.10, digest: ''}
                        pinned:
                          image: {repository: acme/pinned, tag: x, digest: "sha256:%s"}
                        exporter: {repository: acme/exporter, tag: "2"}
                        kubectlImage: bitnami/kubectl:1.33
                        images:
                          proxy: acme/proxy:1
                          enabled: true
                        images2: [ignored/this:1]
                        repository: https://example.com
                        noImage: true
                        empty: {image: ""}
                        later: {image: "{{ .Values.x }}"}
                        redis: {image: {tag: '8.0'}}
                        again: {image: docker.io/library/nginx:1.10}
                        cli: {image: ghcr.io/acme/cli, tag: v2.2.3}
                        search: {image: docker.elastic.co/acme/search, imageTag: 8.5.1}
                        short: {image: {repo: ghcr.io/acme/short, tag: ""}}
                        tools: {toolsImage: {registry: ghcr.io, repository: acmeio, image: tools}}
                        folder: {image: {repository: quay.io/acme/folder, name: agent, tag: "3"}}
                        init2: {repository: quay.io/acme, image: setup, version: "4"}
                        bare: {image: {registry: quay.io, tag: ""}}
                        source: {repository: https://example.com/x.git, image: acme/source:5}
                        both: {repository: acme/other, image: acme/both:6}
                        """.formatted("cd".repeat(32)))
                .archive(folder.resolve("web.tgz"));

        init("--chart", chart).succeeds();

        assertThat(images())
                .containsExactly(
                        "docker.io/library/nginx:1.10",
                        "quay.io/acme/sidecar:v5.6",
                        "ghcr.io/acme/init:1.10",
                        "acme/pinned@sha256:" + "cd".repeat(32),
                        "acme/exporter:2",
                        "bitnami/kubectl:1.33",
                        "acme/proxy:1",
                        "ghcr.io/acme/cli:v2.2.3",
                        "docker.elastic.co/acme/search:8.5.1",
                        "ghcr.io/acme/short:v5.6",
                        "ghcr.io/acmeio/tools:v5.6",
                        "quay.io/acme/folder/agent:3",
                        "quay.io/acme/setup:4",
                        "acme/source:5",
                        "acme/both:6",
                        "docker.io/acme/cache:8.0");
    }

    @Test
    void theRegistryOfAllImagesStandsBeforeThoseThatNameNone() throws Exception {
        Path chart = new TestChart("ingress", "4.0.0")
                .values("""
                        global: {image: {registry: registry.example.com}}
                        controller: {image: {image: acme/controller, tag: v1.15.1, digest: "sha256:%s"}}
                        backend: {image: {image: backend-amd64, tag: "1.5"}}
                        other: {image: {image: ghcr.io/acme/other, tag: "2"}}
                        own: {image: {registry: quay.io, repository: acme/own, tag: "3"}}
                        none: {image: {registry: ~, repository: acme/none, tag: "4"}}
                        """.formatted("cd".repeat(32)))
                .archive(folder.resolve("ingress.tgz"));

        init("--chart", chart).succeeds();

        assertThat(images())
                .containsExactly(
                        "registry.example.com/acme/controller@sha256:" + "cd".repeat(32),
                        "registry.example.com/backend-amd64:1.5",
                        "ghcr.io/acme/other:2",
                        "quay.io/acme/own:3",
                        "registry.example.com/acme/none:4");
    }

    private List<String> images() throws Exception {
        return text("values.yaml")
                .lines()
                .filter(line -> line.startsWith("      - image: "))
                .map(line -> line.substring(15))
                .toList();
    }

    @Test
    void chartFolderIsPackedAsHelmDoesIt() throws Exception {
        TestChart chart = new TestChart("web", "1.0.0")
                .values("a: 1\n")
                .file(".helmignore", "*.bak\nci/\n!*\n")
                .file("ci/values.yaml", "x")
                .file("old.bak", "x")
                .file("templates/.hidden", "x")
                .file("files/marked.txt", "\uFEFFtext")
                .file("crds/crd.yaml", "kind: CustomResourceDefinition\n")
                .file("charts/_private/x", "x")
                .file("charts/inner/Chart.yaml", "apiVersion: v2\nname: inner\nversion: 1.0.0\n")
                .file("charts/packed-2.0.0.tgz", new TestChart("packed", "2.0.0").bytes());
        Path source = chart.folder(folder.resolve("not-the-name"));
        Files.createSymbolicLink(source.resolve("linked.txt"), Path.of("files/marked.txt"));
        Files.createDirectory(source.resolve("empty"));

        init("--chart", source).succeeds();

        Path archive = folder.resolve("pack/charts/web-1.0.0.tgz");
        assertThat(Shell.run(folder, List.of("tar", "-tzf", archive.toString())).lines())
                .containsExactly(
                        "web/Chart.yaml",
                        "web/.helmignore",
                        "web/charts/inner/Chart.yaml",
                        "web/charts/packed/Chart.yaml",
                        "web/charts/packed/templates/config.yaml",
                        "web/crds/crd.yaml",
                        "web/files/marked.txt",
                        "web/linked.txt",
                        "web/templates/config.yaml",
                        "web/values.yaml");
        assertThat(Shell.run(folder, List.of("tar", "-xOzf", archive.toString(), "web/linked.txt")))
                .isEqualTo("text");
        byte[] before = Files.readAllBytes(archive);
        Files.setLastModifiedTime(source.resolve("values.yaml"), FileTime.fromMillis(0));
        Files.setPosixFilePermissions(
                source.resolve("values.yaml"), java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        init("--chart", source, "--force").succeeds();
        assertThat(archive).hasBinaryContent(before);
    }

    @Test
    void chartFolderThatHelmWouldNotPackIsRefused() throws Exception {
        Path lacking = new TestChart("web", "1.0.0")
                .file(
                        "Chart.yaml",
                        "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies:\n- name: cache\n  version: 1.0.0\n")
                .folder(folder.resolve("lacking"));
        assertThat(init("--chart", lacking).fails(ExitCode.INVALID_PACK).err())
                .contains("depends on cache and does not hold it. Run 'helm dependency build " + lacking + "' first.");

        Path linked = new TestChart("web", "1.0.0").folder(folder.resolve("linked"));
        Files.writeString(folder.resolve("secret"), "x");
        Files.createSymbolicLink(linked.resolve("templates/out.yaml"), Path.of("../../secret"));
        assertThat(init("--chart", linked).fails(ExitCode.INVALID_PACK).err())
                .contains("templates/out.yaml: The link leads out of the chart");

        Path looped = new TestChart("web", "1.0.0").folder(folder.resolve("looped"));
        Files.createSymbolicLink(looped.resolve("again"), Path.of("."));
        assertThat(init("--chart", looped).fails(ExitCode.INVALID_PACK).err())
                .contains("leads back to a folder that it lies in");

        Path rules = new TestChart("web", "1.0.0").file(".helmignore", "a/**\n").folder(folder.resolve("rules"));
        assertThat(init("--chart", rules).fails(ExitCode.INVALID_PACK).err()).contains("'a/**' holds '**'");
        nothingIsLeft();
    }

    private static Stream<Hostile> hostile() {
        byte zero = 0;
        String big = "zeros";
        return Stream.of(
                new Hostile("path out", chart().entry("web/../../evil", TarConstants.LF_NORMAL, ""), "lies outside"),
                new Hostile("top only", chart().entry("evil", TarConstants.LF_NORMAL, ""), "lies outside"),
                new Hostile("backslash", chart().entry("web\\..\\evil", TarConstants.LF_NORMAL, ""), "no path within"),
                new Hostile("link", chart().entry("web/x", TarConstants.LF_SYMLINK, "/etc/passwd"), "is a link"),
                new Hostile("hard link", chart().entry("web/x", TarConstants.LF_LINK, "/etc/passwd"), "is a link"),
                new Hostile("device", chart().entry("web/x", TarConstants.LF_CHR, ""), "is a device"),
                new Hostile("pipe", chart().entry("web/x", TarConstants.LF_FIFO, ""), "is a device or a pipe"),
                new Hostile("control", chart().entry("web/a\nb", TarConstants.LF_NORMAL, ""), "control character"),
                new Hostile("long", chart().entry("web/" + "a".repeat(5000), TarConstants.LF_NORMAL, ""), "4096"),
                new Hostile("bomb", chart().file(big, new byte[101 * 1024 * 1024]), "more than 100 MiB"),
                new Hostile(
                        "bomb in a chart in it",
                        chart().file(
                                        "charts/b-1.tgz",
                                        new TestChart("b", "1.0.0")
                                                .file(big, new byte[101 << 20])
                                                .bytes()),
                        "more than 100 MiB"),
                new Hostile("name", chart().file("Chart.yaml", "name: ../../evil\nversion: 1.0.0\n"), "'name' is"),
                new Hostile("version", chart().file("Chart.yaml", "name: web\nversion: 1/../2\n"), "'version' is"),
                new Hostile(
                        "library", chart().file("Chart.yaml", "name: web\nversion: 1.0.0\ntype: library\n"), "library"),
                new Hostile("values", chart().values("a: ["), "The file is not YAML"),
                new Hostile("nesting", chart().values("[".repeat(100_000)), "nests more than"),
                new Hostile("aliases", chart().values(aliases()), "more than 1000000 values"),
                new Hostile("merge", chart().values("a: &a\n  <<: *a\n"), "'*a' refers to what it stands in."),
                new Hostile("latin", chart().file("values.yaml", new byte[] {'a', ':', ' ', (byte) 0xe4}), "not UTF-8"),
                new Hostile(
                        "twice",
                        chart().file("x", new byte[] {zero}).entry("web/x", TarConstants.LF_NORMAL, ""),
                        "twice"));
    }

    private static TestChart chart() {
        return new TestChart("web", "1.0.0");
    }

    private static String aliases() {
        StringBuilder text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) {
            String before = "*a" + (i - 1);
            text.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, String.join(",", java.util.Collections.nCopies(10, before))));
        }
        return text.toString();
    }

    private record Hostile(String what, TestChart chart, String said) {
        @Override
        public String toString() {
            return what;
        }
    }

    @ParameterizedTest
    @MethodSource
    void hostile(Hostile hostile) throws Exception {
        Path archive = hostile.chart().archive(folder.resolve("web.tgz"));

        CommandRun run = init("--chart", archive).fails(ExitCode.INVALID_PACK);

        assertThat(run.err()).startsWith("Error: ").contains(hostile.said());
        assertThat(run.err().lines()).hasSize(1);
        nothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"0, no gzip-compressed tar", "200, damaged"})
    void whatIsNoArchiveIsRefused(int length, String said) throws Exception {
        byte[] whole = chart().values("a: 1\n".repeat(1)).bytes();
        Path cut = Files.write(folder.resolve("cut.tgz"), java.util.Arrays.copyOf(whole, length));
        assertThat(init("--chart", cut).fails(ExitCode.INVALID_PACK).err()).contains(said);
        assertThat(init("--chart", folder.resolve("none.tgz"))
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains("There is no such file or folder. Fetch a chart with 'helm pull'.");
        assertThat(init("--manifest", "https://example.com/all.yaml")
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains("There is no such file or folder. Addresses are not asked: fetch it first.");
        nothingIsLeft();
    }

    @Test
    void manifestThatIsNoYamlIsRefused() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "a: [\n");
        assertThat(init("--manifest", bad).fails(ExitCode.INVALID_PACK).err()).contains(bad + ": The file is not YAML");
        Files.createDirectory(folder.resolve("other"));
        Path one = Files.writeString(folder.resolve("same.yaml"), "a: 1\n");
        Path two = Files.writeString(folder.resolve("other/Same.yaml"), "a: 1\n");
        assertThat(init("--manifest", one, "--manifest", two)
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains("It has the name of " + one);
        nothingIsLeft();
    }

    @Test
    void whatWouldBeInvalidIsNotWritten() throws Exception {
        Path logo = Files.writeString(folder.resolve("logo.txt"), "x");
        assertThat(init("--chart", chart().archive(folder.resolve("c.tgz")), "--name", "Bad Name")
                        .fails(ExitCode.INVALID_PACK)
                        .err())
                .contains("ERROR pack.json:2: The name 'Bad Name'", "nothing was written");
        nothingIsLeft();
        // A logo that is no PNG is doubtful only, so it is written and told.
        assertThat(init("--chart", folder.resolve("c.tgz"), "--logo", logo)
                        .succeeds()
                        .err())
                .contains("WARNING logo.png: The file is not a PNG image.");
    }

    @Test
    void nothingIsOverwrittenUnlessAskedFor() throws Exception {
        Path chart = chart().values("a: 1\n").archive(folder.resolve("c.tgz"));
        Files.createDirectories(folder.resolve("pack"));
        Files.writeString(folder.resolve("pack/values.yaml"), "mine: true\n");
        Files.writeString(folder.resolve("pack/notes.txt"), "mine");

        CommandRun run = init("--chart", chart).fails(ExitCode.FAILED);

        assertThat(run.err()).contains("There is 'values.yaml' already", "--force");
        assertThat(files()).containsExactly("notes.txt", "values.yaml");
        assertThat(text("values.yaml")).isEqualTo("mine: true\n");

        init("--chart", chart, "--force").succeeds();
        assertThat(text("values.yaml")).contains("  web:\n    a: 1\n");
        assertThat(text("notes.txt")).isEqualTo("mine");
        // The same again changes nothing, so it needs no leave.
        init("--chart", chart).succeeds();
    }

    @Test
    void nothingIsWrittenThroughALink() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createDirectory(folder.resolve("pack"));
        Files.createSymbolicLink(folder.resolve("pack/charts"), elsewhere);
        Path chart = chart().archive(folder.resolve("c.tgz"));

        assertThat(init("--chart", chart, "--force").fails(ExitCode.FAILED).err())
                .contains("It is no folder, so nothing is written there.");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void dryRunPrintsTheTreeAndWritesNothing() throws Exception {
        CommandRun run = init("--chart", chart().values("a: 1\n").archive(folder.resolve("c.tgz")), "--dry-run")
                .succeeds();

        assertThat(run.out()).contains("  charts/web-1.0.0.tgz (", "  logo.png (", "  values.yaml (");
        assertThat(run.err()).startsWith("Nothing was written. There would be 5 files.");
        nothingIsLeft();
    }

    @Test
    void wrongUsageIsTold() {
        assertThat(init().fails(ExitCode.USAGE).err()).contains("Give what the pack installs");
        assertThat(run("init").fails(ExitCode.USAGE).err()).contains("FOLDER");
        assertThat(run("init", "--help").succeeds().out()).contains("--version=VERSION");
    }
}
