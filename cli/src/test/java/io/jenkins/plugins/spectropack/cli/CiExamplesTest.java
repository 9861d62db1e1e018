package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.PaletteSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** The files for other CIs: what they run, runs; the services around it are not here. */
class CiExamplesTest {

    private static final Path FILES = Project.ROOT.resolve("docs/ci");

    @TempDir
    private Path folder;

    private EcrSandbox ecr;
    private PaletteSandbox palette;
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeEach
    void prepare() throws IOException {
        ecr = EcrSandbox.builder().start();
        palette = PaletteSandbox.start();
        palette.addRegistry("my-ecr", ecr, "spectro-oci-registry");
        SamplePacks.write(folder.resolve("packs/one"), "one", "1.0.0");
        SamplePacks.write(folder.resolve("packs/two"), "two", "1.0.0");
        // An archive that holds what the real one does, as far as a job knows: bin/spectro-pack.
        command("archive/spectro-pack-1/bin/spectro-pack", spectroPack());
        Shell.run(folder, List.of("tar", "-czf", "archive.tar.gz", "-C", "archive", "spectro-pack-1"));
        command("bin/curl", """
                case "$*" in
                  '-fsSL https://files.example.com/spectro-pack.tar.gz') exec cat 'FOLDER/archive.tar.gz' ;;
                  '-fsS -H Authorization: Bearer word -T findings.sarif https://sarif.example.com/') exec cp findings.sarif sent ;;
                  *) exit 64 ;;
                esac""".replace("FOLDER", folder.toString()));
        environment.put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        environment.put("PALETTE_API_KEY", palette.apiKey());
        environment.put("AWS_ENDPOINT_URL_ECR", ecr.endpoint().toString());
        environment.put("AWS_ACCESS_KEY_ID", ecr.accessKeyId());
        environment.put("AWS_SECRET_ACCESS_KEY", ecr.secretAccessKey());
        environment.put("AWS_DEFAULT_REGION", ecr.region());
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
    }

    private String spectroPack() {
        return "case \"$*\" in *--palette-registry*) set -- \"$@\" --palette-url " + palette.uri() + " ;; esac\nexec '"
                + Path.of(System.getProperty("java.home"), "bin", "java")
                + "' -XX:TieredStopAtLevel=1 -D" + Limits.PROPERTY + "="
                + Limits.DEFAULT.withPoll(Duration.ofMillis(50)).toProperty() + " -cp '"
                + System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")) + "' "
                + SpectroPack.class.getName() + " \"$@\"";
    }

    private void command(String name, String script) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void stop() {
        palette.close();
        ecr.close();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> yaml(String name) throws IOException {
        return (Map<String, Object>)
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILES.resolve(name)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object of, String key) {
        return (Map<String, Object>) ((Map<String, Object>) of).get(key);
    }

    @SuppressWarnings("unchecked")
    private static <T> List<T> list(Object of, String key) {
        return (List<T>) ((Map<String, Object>) of).get(key);
    }

    private String run(String shell, String script) {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "-i"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(shell, "-e", "-c", script));
        return Shell.run(folder, command);
    }

    private void assertPublished() throws IOException {
        assertThat(JsonMapper.shared().readTree(Files.readString(folder.resolve("published.json"))))
                .hasSize(2)
                .allSatisfy(pack -> {
                    assertThat(pack.path("status").asString()).isEqualTo("PUBLISHED");
                    assertThat(pack.path("paletteStatus").asString()).isEqualTo("LISTED");
                });
        assertThat(JsonMapper.shared()
                        .readTree(Files.readString(folder.resolve("findings.sarif")))
                        .path("version")
                        .asString())
                .isEqualTo("2.1.0");
    }

    @Test
    void stepsOnGitHubRun() throws Exception {
        Map<String, Object> workflow = yaml("github-actions.yml");
        assertThat(map(workflow, "permissions")).containsEntry("id-token", "write");
        map(workflow, "env").forEach((name, value) -> environment.put(name, value.toString()));
        environment.put(
                "RUNNER_TEMP", Files.createDirectory(folder.resolve("temp")).toString());
        environment.put("GITHUB_PATH", folder.resolve("path").toString());
        List<Map<String, Object>> steps = list(map(map(workflow, "jobs"), "packs"), "steps");

        for (Map<String, Object> step : steps) {
            if (step.containsKey("run")) {
                run("bash", step.get("run").toString());
            }
            if (Files.exists(folder.resolve("path"))) {
                environment.put("PATH", Files.readString(folder.resolve("path")).strip() + ":" + System.getenv("PATH"));
            }
        }

        assertPublished();
        assertThat(steps)
                .filteredOn(step -> String.valueOf(step.get("uses")).contains("upload-sarif"))
                .hasSize(1)
                .allMatch(step -> map(step, "with").get("sarif_file").equals("findings.sarif"));
    }

    @Test
    void scriptsOnGitLabRun() throws Exception {
        Map<String, Object> pipeline = yaml("gitlab-ci.yml");
        map(pipeline, "variables").forEach((name, value) -> environment.put(name, value.toString()));
        List<String> before = list(map(pipeline, "default"), "before_script");
        List<String> stages = list(pipeline, "stages");
        for (String job : stages) {
            Map<String, Object> described = map(pipeline, job);
            assertThat(described).containsEntry("stage", job);
            if (described.containsKey("id_tokens")) {
                environment.put("AWS_TOKEN", "token");
                environment.put(
                        "AWS_WEB_IDENTITY_TOKEN_FILE", folder.resolve("token").toString());
            }
            List<String> script = list(described, "script");
            run(
                    "bash",
                    String.join(
                                    "\n",
                                    Stream.concat(before.stream(), script.stream())
                                            .toList())
                            .replace("/tmp/", folder + "/"));
        }

        assertPublished();
        assertThat(folder.resolve("token")).content().isEqualTo("token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void plainScriptRunsAndTellsWhatIsWrong() throws Exception {
        environment.put("PATH", folder.resolve("archive/spectro-pack-1/bin") + ":" + environment.get("PATH"));
        environment.put("SARIF_URL", "https://sarif.example.com/");
        environment.put("SARIF_TOKEN", "word");
        String script = "code=0; sh '" + FILES.resolve("publish.sh") + "' || code=$?; echo code $code";

        assertThat(run("sh", script)).contains("Published and listed.").endsWith("code 0\n");
        assertPublished();
        assertThat(folder.resolve("sent")).hasSameTextualContentAs(folder.resolve("findings.sarif"));

        Files.writeString(folder.resolve("packs/one/pack.json"), "{}");
        assertThat(run("sh", script)).endsWith("code 3\n");
    }

    @Test
    void textNamesEachFile() throws IOException {
        String text = Files.readString(Project.ROOT.resolve("docs/ci.md"));
        try (Stream<Path> files = Files.list(FILES)) {
            assertThat(files.map(file -> "(ci/" + file.getFileName() + ")"))
                    .hasSize(3)
                    .allSatisfy(link -> assertThat(text).contains(link));
        }
    }
}
