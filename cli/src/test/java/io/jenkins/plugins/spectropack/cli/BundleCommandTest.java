package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.engine.util.Digests;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A bundle is a registry like any other to {@code publish}, and an OCI image layout to everybody else. */
class BundleCommandTest {

    private static final String NAME = "spectro-packs/archive/sample:1.0.0";

    @WorkingFolder
    private Path folder;

    @BeforeEach
    void packs() throws IOException {
        SamplePacks.write(folder.resolve("one"), "sample", "1.0.0");
        SamplePacks.write(folder.resolve("two"), "other", "2.0.0");
    }

    private CommandRun publish(String bundle, String... more) throws InterruptedException {
        String[] arguments = Stream.concat(Stream.of("publish", "--registry", "bundle:" + bundle), Stream.of(more))
                .toArray(String[]::new);
        return CommandRun.in(folder).with("SOURCE_DATE_EPOCH", "315532800").run(arguments);
    }

    /** Every file below a folder, or the file itself, with its content. */
    private static Map<String, String> contents(Path bundle) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(bundle)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(bundle.relativize(file).toString(), sha256(file));
            }
        }
        return contents;
    }

    private static String sha256(Path file) throws IOException {
        return Digests.sha256(Files.readAllBytes(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".tar"})
    void isTheSameWhateverItGrewFrom(String ending) throws Exception {
        publish("grown" + ending, "two").succeeds();
        publish("grown" + ending, "one").succeeds();
        CommandRun whole = publish("whole" + ending, "--json", "one", "two").succeeds();

        assertThat(contents(folder.resolve("grown" + ending)))
                .isNotEmpty()
                .isEqualTo(contents(folder.resolve("whole" + ending)));
        assertThat(whole.out()).contains("\"reference\" : \"bundle:whole" + ending + "/" + NAME + "\"");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("one", "two", "grown" + ending, "whole" + ending);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "b.tar"})
    void manyPacksAtOnceDoNotGetInEachOthersWay(String bundle) throws Exception {
        List<String> packs = new ArrayList<>(List.of("--parallel", "8"));
        for (int i = 0; i < 40; i++) {
            SamplePacks.write(folder.resolve("many/" + i), "pack" + i, "1.0.0");
            packs.add("many/" + i);
        }
        assertThat(publish(bundle, packs.toArray(String[]::new))
                        .succeeds()
                        .out()
                        .lines())
                .hasSize(40)
                .allMatch(line -> line.startsWith("PUBLISHED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "b.tar"})
    void packsThatAreThereStayUntouched(String bundle) throws Exception {
        publish(bundle, "one").succeeds();
        Map<String, String> before = contents(folder.resolve(bundle));

        assertThat(publish(bundle, "one").succeeds().out()).startsWith("UNCHANGED bundle:" + bundle + "/" + NAME);
        Files.writeString(folder.resolve("one/values.yaml"), "# changed\n");
        assertThat(publish(bundle, "one").fails(1).err()).contains("exists with other content");
        assertThat(publish(bundle, "--if-exists", "skip", "one").succeeds().out())
                .startsWith("SKIPPED");
        assertThat(publish(bundle, "--if-exists", "overwrite", "--dry-run", "one")
                        .succeeds()
                        .out())
                .startsWith("PLANNED");
        assertThat(contents(folder.resolve(bundle))).isEqualTo(before);

        assertThat(publish(bundle, "--if-exists", "overwrite", "one").succeeds().out())
                .startsWith("OVERWRITTEN");
        assertThat(contents(folder.resolve(bundle))).isNotEqualTo(before);
        publish("fresh" + bundle, "one").succeeds();
        assertThat(contents(folder.resolve(bundle)))
                .as("nothing stays of what was overwritten")
                .isEqualTo(contents(folder.resolve("fresh" + bundle)));
    }

    @Test
    void damagedBlobIsReplacedByWhoHasTheRightOne() throws Exception {
        String archive = archive(publish("b", "--json", "one").succeeds());
        Map<String, String> before = contents(folder.resolve("b"));
        Files.writeString(folder.resolve("b/blobs").resolve(archive.replace(':', '/')), "damaged");
        Files.delete(folder.resolve("b/index.json"));

        publish("b", "one").succeeds();
        assertThat(contents(folder.resolve("b"))).isEqualTo(before);
    }

    private static String archive(CommandRun run) {
        return JsonMapper.shared()
                .readTree(run.out())
                .path(0)
                .path("archiveDigest")
                .asString();
    }

    @Test
    void whatIsNoBundleIsRefused() throws Exception {
        publish("b.tar", "one").succeeds();
        try (FileChannel tar = FileChannel.open(folder.resolve("b.tar"), StandardOpenOption.WRITE)) {
            tar.truncate(Files.size(folder.resolve("b.tar")) - 3000);
        }
        assertThat(publish("b.tar", "two").fails(1).err())
                .contains("Reading the bundle bundle:b.tar failed", "in the blob sha256:");

        Files.createDirectory(folder.resolve("strange"));
        Files.writeString(folder.resolve("strange/index.json"), "[]");
        assertThat(publish("strange", "two").fails(1).err())
                .contains("its index.json is not that of an OCI image layout");

        Files.writeString(folder.resolve("file"), "text");
        assertThat(publish("file", "two").fails(1).err())
                .contains("The bundle file is a file. Give a folder, or a file that ends in .tar.");
        assertThat(CommandRun.in(folder)
                        .run("list", "--registry", "bundle:file")
                        .fails(1)
                        .err())
                .contains("Packs are looked up in the bundle file,", "The bundle file is a file.");

        assertThat(publish("b.tar.gz", "two").fails(2).err()).contains("The bundle 'b.tar.gz' cannot be compressed");
        assertThat(publish("", "two").fails(2).err()).contains("The path of the bundle is missing");
        assertThat(publish("x", "--username", "me", "two").fails(2).err())
                .contains("--username is neither for AWS ECR nor for a bundle");
        assertThat(publish("x", "--immutable-tags", "two").fails(2).err())
                .contains("--immutable-tags is for AWS ECR only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list --registry bundle:none",
                "pull --registry bundle:none sample:1.0.0",
                "retire --registry bundle:none --dry-run --keep-newest 1",
                "copy --from bundle:none --to bundle:b --all"
            })
    void bundleThatIsNotThereIsToldToWhoReadsIt(String arguments) throws Exception {
        CommandRun run = CommandRun.in(folder).run(arguments.split(" ")).fails(ExitCode.FAILED);

        assertThat(run.err()).contains("There is no bundle none. ").doesNotContain("is new");
        Files.createDirectories(folder.resolve("none"));
        assertThat(CommandRun.in(folder)
                        .run(arguments.split(" "))
                        .fails(ExitCode.FAILED)
                        .err())
                .contains("There is no bundle none. ");
        Files.delete(folder.resolve("none"));
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(folder.resolve("b")).doesNotExist();
    }

    @Test
    void whyItCannotBeWrittenIsTold() throws Exception {
        Files.writeString(folder.resolve("file"), "text");

        assertThat(publish("file/b", "two").fails(1).err())
                .contains("FAILED. Writing the bundle bundle:file/b failed: ")
                .doesNotContain("failed: " + folder.resolve("file"));
    }

    @Test
    void othersReadIt() throws Exception {
        assumeTrue(Shell.has("skopeo"));
        publish("b", "one", "two").succeeds();
        publish("b.tar", "one", "two").succeeds();

        String fromFolder = Shell.run(folder, List.of("skopeo", "inspect", "--raw", "oci:b:" + NAME));
        String fromFile = Shell.run(folder, List.of("skopeo", "inspect", "--raw", "oci-archive:b.tar:" + NAME));
        assertThat(publish("b", "one").succeeds().out())
                .contains(Digests.sha256(fromFolder.getBytes(StandardCharsets.UTF_8)));
        assertThat(fromFile).isEqualTo(fromFolder);
    }
}
