package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A pack comes back as it went, and old versions go without anything else. */
class PullAndRetireCommandTest {

    private static final String LOCATION = "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme";
    private static final String REPOSITORY = "acme/spectro-packs/archive/sample";

    @WorkingFolder
    private Path folder;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start() throws Exception {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    private CommandRun run(String command, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command, "--registry", LOCATION));
        arguments.addAll(List.of(more));
        return CommandRun.in(folder).with(sandbox.environment()).run(arguments.toArray(String[]::new));
    }

    private void publish(String... versions) throws Exception {
        for (String version : versions) {
            SamplePacks.write(folder.resolve("my-pack"), "sample", version);
            run("publish", "my-pack").succeeds();
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatWasPulledIsWhatWasPublished() throws Exception {
        Files.createSymbolicLink(folder.resolve("my-pack/link.md"), Path.of("README.md"));
        publish("1.0.0");
        String digest = sandbox.tags(REPOSITORY).get("1.0.0");

        assertThat(run("pull", "sample:1.0.0").succeeds().out()).isEqualTo("sample-1.0.0 " + digest + "\n");
        assertThat(run("publish", "sample-1.0.0").succeeds().out()).startsWith("UNCHANGED");
        run("pull", "-o", "by-digest", "sample@" + digest).succeeds();
        assertThat(run("publish", "by-digest").succeeds().out()).startsWith("UNCHANGED");
        run("pull", "--archive", "-o", "archives", "sample:1.0.0").succeeds();
        assertThat(folder.resolve("archives/sample-1.0.0.tar.gz")).isNotEmptyFile();
        assertThat(names()).containsExactly("archives", "by-digest", "my-pack", "sample-1.0.0");
    }

    @Test
    void whatIsThereStaysUnlessToldOtherwise() throws Exception {
        publish("1.0.0");
        Files.createDirectory(folder.resolve("out"));
        run("pull", "-o", "out", "sample:1.0.0").succeeds();
        Files.writeString(folder.resolve("out/mine"), "mine");

        assertThat(run("pull", "-o", "out", "sample:1.0.0").fails(1).err()).contains("out exists already");
        assertThat(folder.resolve("out/mine")).hasContent("mine");
        run("pull", "--replace", "-o", "out", "sample:1.0.0").succeeds();
        assertThat(folder.resolve("out/mine")).doesNotExist();
        assertThat(run("pull", "sample").fails(2).err()).contains("'sample' is no version");
        assertThat(run("pull", "sample:9").fails(1).err()).contains("has no sample:9 below acme/spectro-packs/archive");
        assertThat(names()).containsExactly("my-pack", "out");
    }

    @Test
    void damagedBlobIsRefusedAndNothingIsLeft() throws Exception {
        publish("1.0.0");
        String blob = JsonMapper.shared()
                .readTree(sandbox.manifest(REPOSITORY, "1.0.0").orElseThrow())
                .path("layers")
                .get(0)
                .path("digest")
                .asString();
        byte[] content = Files.readAllBytes(sandbox.blob(REPOSITORY, blob));
        content[20] ^= 1;
        Files.write(sandbox.blob(REPOSITORY, blob), content);

        assertThat(run("pull", "sample:1.0.0").fails(1).err()).contains("the blob " + blob + " has the content of");
        assertThat(names()).containsExactly("my-pack");
    }

    private void pushArchive(TarArchiveEntry... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (TarArchiveEntry entry : entries) {
                tar.putArchiveEntry(entry);
                if (entry.getSize() > 0) {
                    tar.write("x".getBytes(StandardCharsets.UTF_8));
                }
                tar.closeArchiveEntry();
            }
        }
        if (sandbox.repository(REPOSITORY).isEmpty()) {
            sandbox.createRepository(REPOSITORY, false);
        }
        sandbox.pushArchive(REPOSITORY, "1.0.0", bytes.toByteArray());
    }

    private static TarArchiveEntry file(String name) {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(1);
        return entry;
    }

    private static TarArchiveEntry link(String name, String target) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK, true);
        entry.setLinkName(target);
        return entry;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p/../../evil",
                "/etc/evil",
                "p/a -> /etc",
                "p/a -> ../../evil",
                "p/a -> missing",
                "p/d/e/f -> ../..|p/a -> d/e/f/../../evil",
                "p/sub -> .|p/sub/b -> c",
                "p/x|p/x",
                "p/null !"
            })
    void archiveThatReachesOutIsNotUnpacked(String entries) throws Exception {
        pushArchive(Stream.of(entries.split("\\|"))
                .map(entry -> entry.endsWith(" !")
                        ? new TarArchiveEntry(entry.substring(0, entry.length() - 2), TarConstants.LF_CHR)
                        : entry.contains(" -> ") ? link(entry.split(" -> ")[0], entry.split(" -> ")[1]) : file(entry))
                .toArray(TarArchiveEntry[]::new));

        assertThat(run("pull", "-o", "out", "sample:1.0.0").fails(3).err()).contains("The archive was not unpacked");
        assertThat(names()).containsExactly("my-pack");
    }

    @Test
    void allButTheNewestGo() throws Exception {
        publish("1.9.0", "1.10.0", "1.10.0-rc.1", "1.0.0");
        Map<String, String> before = sandbox.tags(REPOSITORY);

        JsonNode plan = JsonMapper.shared()
                .readTree(run("retire", "--keep-newest", "2", "--dry-run", "--json")
                        .succeeds()
                        .out());
        assertThat(plan.valueStream()
                        .map(pack -> pack.path("version").asString() + " "
                                + pack.path("status").asString()))
                .containsExactly("1.0.0 PLANNED", "1.9.0 PLANNED", "1.10.0-rc.1 KEPT", "1.10.0 KEPT");
        assertThat(run("retire", "--keep-newest", "2").fails(2).err()).contains("Nobody can be asked here. Give --yes");
        assertThat(sandbox.tags(REPOSITORY)).isEqualTo(before);

        CommandRun run = run("retire", "--keep-newest", "2", "--yes", "sample").succeeds();
        assertThat(run.err())
                .contains("sample:1.9.0: to go, 2 versions are newer.", "stays, it is among the newest 2.");
        assertThat(run.out()).contains("RETIRED ").contains("KEPT ");
        assertThat(sandbox.tags(REPOSITORY)).containsOnlyKeys("1.10.0", "1.10.0-rc.1");
        assertThat(sandbox.repository(REPOSITORY)).isPresent();
    }

    @Test
    void ageCountsWhereTheRegistryTellsIt() throws Exception {
        publish("1.0.0", "2.0.0");
        assertThat(run("retire", "--older-than", "30", "--yes").succeeds().err())
                .contains("sample:1.0.0: stays, it was pushed 0 days ago.", "Nothing is to go.");
        assertThat(sandbox.tags(REPOSITORY)).hasSize(2);
    }

    @Test
    void namedVersionsGoAndWhatSharesTheirContentStays() throws Exception {
        publish("1.0.0");
        String digest = sandbox.tags(REPOSITORY).get("1.0.0");
        sandbox.putTag(REPOSITORY, "stable", digest);

        run("retire", "--yes", "sample:1.0.0").succeeds();
        assertThat(sandbox.tags(REPOSITORY)).isEqualTo(Map.of("stable", digest));
        assertThat(run("retire", "--yes", "sample:1.0.0").fails(1).err()).contains("has no sample:1.0.0");
        run("retire", "--yes", "sample:stable").succeeds();
        assertThat(sandbox.tags(REPOSITORY)).isEmpty();
    }

    @Test
    void refusalsAreToldAndWrongUsageToo() throws Exception {
        publish("1.0.0", "2.0.0");
        sandbox.deny("ecr:BatchDeleteImage");
        CommandRun refused = run("retire", "--yes", "sample:1.0.0").fails(1);
        assertThat(refused.out()).contains("FAILED ");
        assertThat(refused.err()).contains("Allow ecr:BatchDeleteImage");
        sandbox.allow("ecr:BatchDeleteImage");
        sandbox.fault(1, Match.api("BatchDeleteImage"), Fault.throttled());
        run("retire", "--yes", "sample:1.0.0").succeeds();

        assertThat(run("retire", "--yes").fails(2).err()).contains("It is not said which versions go.");
        assertThat(run("retire", "--yes", "sample").fails(2).err()).contains("It is not said which versions go.");
        assertThat(run("retire", "--yes", "--keep-newest", "0").fails(2).err()).contains("must be at least 1");
        assertThat(run("retire", "--yes", "--keep-newest", "1", "sample:2.0.0")
                        .fails(2)
                        .err())
                .contains("Say one of three");
        assertThat(sandbox.tags(REPOSITORY)).containsOnlyKeys("2.0.0");
    }

    @Test
    void otherRegistriesDeleteOnlyWhereTheyAllowIt() throws Exception {
        try (OciSandbox registry = OciSandbox.start(OciBehaviour.DISTRIBUTION)) {
            CommandRun.Setup command = CommandRun.in(folder).with("SPECTRO_PACK_PASSWORD", registry.password());
            String[] access = {"--registry", registry.uri() + "/acme", "--username", registry.username()};
            for (String version : List.of("1.0.0", "2.0.0")) {
                SamplePacks.write(folder.resolve("my-pack"), "sample", version);
                command.run(with(access, "publish", "my-pack")).succeeds();
            }
            String[] retire = with(access, "retire", "--keep-newest", "1", "--yes");
            assertThat(command.run(retire).fails(1).err()).contains("answered 405 UNSUPPORTED to DELETE");
            assertThat(registry.tags(REPOSITORY)).hasSize(2);
            registry.deletes(true);
            command.run(retire).succeeds();
            assertThat(registry.tags(REPOSITORY)).containsOnlyKeys("2.0.0");
            assertThat(command.run(with(access, "retire", "--older-than", "1", "--yes"))
                            .succeeds()
                            .err())
                    .contains("Nothing is to go.");
        }
    }

    @Test
    void bundlesLoseVersionsToo() throws Exception {
        publish("1.0.0", "2.0.0");
        CommandRun.in(folder)
                .with(sandbox.environment())
                .run("copy", "--from", LOCATION, "--to", "bundle:b.tar", "--all")
                .succeeds();
        long before = Files.size(folder.resolve("b.tar"));
        CommandRun.in(folder)
                .run("retire", "--registry", "bundle:b.tar", "--yes", "sample:1.0.0")
                .succeeds();
        assertThat(CommandRun.in(folder)
                        .run("list", "--registry", "bundle:b.tar")
                        .succeeds()
                        .out()
                        .lines())
                .hasSize(1);
        assertThat(Files.size(folder.resolve("b.tar"))).isLessThan(before);
        CommandRun.in(folder)
                .run("pull", "--registry", "bundle:b.tar", "sample:2.0.0")
                .succeeds();
        assertThat(folder.resolve("sample-2.0.0/pack.json")).isRegularFile();
    }

    private static String[] with(String[] access, String command, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(access));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
