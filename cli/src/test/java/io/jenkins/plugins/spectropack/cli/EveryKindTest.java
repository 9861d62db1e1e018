package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The life of a pack, from every kind of registry to every kind: it keeps its digest, and all commands know all kinds. */
class EveryKindTest {

    private static final String REPOSITORY = "spectro-packs/archive/sample";

    @WorkingFolder
    private Path folder;

    private final List<AutoCloseable> started = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    enum Kind {
        ECR,
        BASIC,
        BUNDLE_FOLDER,
        BUNDLE_FILE
    }

    /** A registry with the options that lead to it, where they begin with what is put before them. */
    private record Place(String location, Map<String, String> access) {

        List<String> options(String location, String prefix) {
            List<String> options = new ArrayList<>(List.of(location, this.location));
            access.forEach((name, value) -> options.addAll(List.of(prefix + name, value)));
            return options;
        }
    }

    @BeforeEach
    void writePack() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        environment.put(
                "AWS_SHARED_CREDENTIALS_FILE", folder.resolve("credentials").toString());
        Files.createFile(folder.resolve("credentials"));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : started) {
            one.close();
        }
    }

    /** Starts a registry; passwords are in the variables of the side that it is on, and in that without a side. */
    private Place place(Kind kind, String side) throws IOException {
        return switch (kind) {
            case ECR -> {
                EcrSandbox sandbox = EcrSandbox.builder().start();
                started.add(sandbox);
                Path credentials = folder.resolve("credentials");
                Files.writeString(
                        credentials,
                        Files.readString(credentials) + "[" + side + "]\naws_access_key_id=" + sandbox.accessKeyId()
                                + "\naws_secret_access_key=" + sandbox.secretAccessKey() + "\n");
                yield new Place(
                        sandbox.accountId() + ".dkr.ecr." + sandbox.region() + ".amazonaws.com/" + side,
                        Map.of(
                                "profile",
                                side,
                                "endpoint-url",
                                sandbox.endpoint().toString()));
            }
            case BASIC -> {
                OciSandbox sandbox = OciSandbox.start(OciBehaviour.DISTRIBUTION);
                sandbox.deletes(true);
                started.add(sandbox);
                environment.put("SPECTRO_PACK_" + side.toUpperCase(Locale.ROOT) + "_PASSWORD", sandbox.password());
                environment.put(side + "-password", sandbox.password());
                yield new Place(sandbox.uri() + "/" + side, Map.of("username", sandbox.username()));
            }
            case BUNDLE_FOLDER -> new Place("bundle:" + side, Map.of());
            case BUNDLE_FILE -> new Place("bundle:" + side + ".tar", Map.of());
        };
    }

    private CommandRun run(String command, List<String> options, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(options);
        arguments.addAll(List.of(more));
        return CommandRun.in(folder)
                .with(environment)
                .run(arguments.toArray(String[]::new))
                .succeeds();
    }

    /** A command about one registry. */
    private CommandRun at(Place place, String side, String command, String... more) throws InterruptedException {
        environment.put("SPECTRO_PACK_PASSWORD", environment.getOrDefault(side + "-password", ""));
        return run(command, place.options("--registry", "--"), more);
    }

    private CommandRun copy(Place from, Place to) throws InterruptedException {
        List<String> options = from.options("--from", "--from-");
        options.addAll(to.options("--to", "--to-"));
        return run("copy", options, "--all");
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(Kind.values())
                .flatMap(from -> Arrays.stream(Kind.values()).map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void packKeepsItsDigestAllItsLife(Kind from, Kind to) throws Exception {
        Place source = place(from, "from");
        Place target = place(to, "to");
        String digest = digest(at(source, "from", "publish", "my-pack"));

        assertThat(copy(source, target).out()).startsWith("PUBLISHED").contains("/" + REPOSITORY + ":1.0.0 " + digest);
        assertThat(copy(source, target).out()).startsWith("UNCHANGED").contains(digest);
        assertThat(at(target, "to", "list").out()).startsWith("sample:1.0.0 " + digest + " ");
        assertThat(at(target, "to", "pull", "-o", "pulled", "sample:1.0.0").out())
                .isEqualTo("pulled " + digest + "\n");
        assertThat(at(source, "from", "publish", "pulled").out()).startsWith("UNCHANGED");
        assertThat(at(target, "to", "retire", "--yes", "sample:1.0.0").out()).startsWith("RETIRED");
        assertThat(at(target, "to", "list").out()).isEmpty();
        assertThat(at(source, "from", "list").out()).startsWith("sample:1.0.0 " + digest + " ");
    }

    private static String digest(CommandRun published) {
        assertThat(published.out()).startsWith("PUBLISHED ");
        return published.out().strip().split(" ")[2];
    }
}
