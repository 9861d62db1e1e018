package io.jenkins.plugins.spectropack.cli;

import static io.jenkins.plugins.spectropack.cli.RegistryState.REPOSITORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Fault;
import io.jenkins.plugins.spectropack.sandbox.Match;
import io.jenkins.plugins.spectropack.sandbox.Request;
import io.jenkins.plugins.spectropack.sandbox.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines whose own settings would send a pack or a login elsewhere. */
class HostsTest {

    @TempDir
    private Path folder;

    @Started
    private EcrSandbox sandbox;

    @BeforeEach
    void start() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    private CommandRun.Setup command(Path home) {
        return CommandRun.in(folder)
                .with(sandbox.environment())
                .with("HOME", home.toString())
                .java("-Duser.home=" + home);
    }

    private static CommandRun publish(CommandRun.Setup command) throws InterruptedException {
        return command.run("publish", "--repository-name", "acme", "my-pack");
    }

    /** Sends everything for the registry, and for loopback in general, to another port in clear. */
    private String redirecting(int port) {
        return Stream.of(sandbox.registryHost(), "127.0.0.1", "localhost")
                .map(prefix -> "[[registry]]\nprefix = \"" + prefix + "\"\nlocation = \"127.0.0.1:" + port
                        + "\"\ninsecure = true\n")
                .collect(Collectors.joining());
    }

    @Test
    void registriesConfOfTheUserSendsNothingElsewhere() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path containers = Files.createDirectories(home.resolve(".config/containers/registries.conf.d"))
                .getParent();
        try (SilentServer other = SilentServer.start()) {
            Files.writeString(containers.resolve("registries.conf"), redirecting(other.port()));
            Files.writeString(containers.resolve("registries.conf.d/more.conf"), redirecting(other.port()));
            Path named = Files.writeString(folder.resolve("named.conf"), redirecting(other.port()));

            publish(command(home)).succeeds();
            Files.writeString(folder.resolve("my-pack/values.yaml"), "pack: {}\n");
            CommandRun.Setup withVariable = command(home).with("CONTAINERS_REGISTRIES_CONF", named.toString());
            withVariable
                    .run("publish", "--repository-name", "acme", "--if-exists", "overwrite", "my-pack")
                    .succeeds();

            assertThat(other.connections()).isZero();
        }
        assertThat(sandbox.tags(REPOSITORY)).containsKey("1.0.0");
        assertThat(home.resolve(".docker")).doesNotExist();
    }

    @Test
    void registriesConfAndPolicyOfTheSystemAreNotFollowed() throws Exception {
        assumeTrue(canMount(), "only root can put other files in the place of the system's");
        Path home = Files.createDirectories(folder.resolve("home"));
        try (SilentServer other = SilentServer.start()) {
            for (String text : List.of(redirecting(other.port()), "this is [[ not toml")) {
                Path containers = Files.createDirectories(folder.resolve("containers"));
                Files.writeString(containers.resolve("registries.conf"), text);
                Files.writeString(containers.resolve("policy.json"), "{\"default\": [{\"type\": \"reject\"}]}");
                Files.writeString(folder.resolve("my-pack/NOTES.txt"), text);

                command(home)
                        .through(
                                "unshare",
                                "-m",
                                "sh",
                                "-c",
                                "mount --bind \"$0\" /etc/containers && exec \"$@\"",
                                containers.toString())
                        .run("publish", "--repository-name", "acme", "--if-exists", "overwrite", "my-pack")
                        .succeeds();
            }
            assertThat(other.connections()).isZero();
        }
    }

    private static boolean canMount() {
        if (!Files.isDirectory(Path.of("/etc/containers")) || !Shell.has("unshare")) {
            return false;
        }
        try {
            Shell.run(Path.of("/"), List.of("unshare", "-m", "mount", "--bind", "/etc/containers", "/etc/containers"));
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    /** The ORAS SDK keeps tokens for the whole process. Here it never sees one. */
    @Test
    void loginOfOneRunIsNeverUsedByAnother() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path pack = folder.resolve("my-pack");
        try (InProcess process = InProcess.of(sandbox, temporary, InProcess.PATIENT)) {
            process.publish(pack.toString()).succeeds();
            Set<String> first = logins();
            sandbox.requests().clear();
            Files.writeString(pack.resolve("values.yaml"), "pack: {}\n");

            process.publish("--if-exists", "overwrite", pack.toString()).succeeds();

            assertThat(first).hasSize(1).allMatch(login -> login.startsWith("Basic "));
            assertThat(logins()).hasSize(1).doesNotContainAnyElementsOf(first);
        }
    }

    private Set<String> logins() {
        return sandbox.requests().matching(Match.service(Request.REGISTRY)).stream()
                .map(request -> request.authorization().orElse("none"))
                .collect(Collectors.toSet());
    }

    @Test
    void challengeCannotSendTheLoginToAnotherHost() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        try (SilentServer other = SilentServer.start();
                InProcess process = InProcess.of(sandbox, temporary, InProcess.PATIENT)) {
            String challenge = "Bearer realm=\"http://127.0.0.1:" + other.port()
                    + "/token\",service=\"registry\",scope=\"repository:x:push\"";
            sandbox.fault(Match.uploadStart(), Fault.answer(401, Map.of("WWW-Authenticate", challenge), ""));

            process.publish(folder.resolve("my-pack").toString()).fails(ExitCode.FAILED);

            assertThat(other.connections()).isZero();
        }
    }
}
