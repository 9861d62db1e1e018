package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.pack.Shell;
import io.jenkins.plugins.spectropack.sandbox.OciBehaviour;
import io.jenkins.plugins.spectropack.sandbox.OciSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The password of a registry, as scripts and people give it. */
class PasswordTest {

    private static final String KEY = "{\n  \"type\": \"service_account\",\r\n  \"private_key\": \"x\"\n}\n";

    @WorkingFolder
    private Path folder;

    @BeforeEach
    void writePack() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
    }

    /** What follows the user's name in the login. */
    private String sentFor(String input) throws Exception {
        List<String> logins = new CopyOnWriteArrayList<>();
        try (AnsweringServer server = AnsweringServer.start()) {
            server.answer(exchange -> {
                String login = exchange.getRequestHeaders().getFirst("Authorization");
                if (login == null) {
                    exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                } else {
                    logins.add(login);
                }
                exchange.sendResponseHeaders(login == null ? 401 : 403, -1);
                exchange.close();
            });
            CommandRun.in(folder)
                    .input(input)
                    .run(
                            "publish",
                            "--registry",
                            server.url() + "/acme",
                            "--username",
                            "_json_key",
                            "--password-stdin",
                            "my-pack")
                    .fails(ExitCode.FAILED);
        }
        assertThat(logins).hasSize(1).allMatch(login -> login.startsWith("Basic "));
        byte[] decoded = Base64.getDecoder().decode(logins.get(0).substring("Basic ".length()));
        return new String(decoded, StandardCharsets.UTF_8).substring("_json_key:".length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void standardInputIsTakenWholeButForOneLineEnd(String end) throws Exception {
        assertThat(sentFor(KEY + "." + end)).isEqualTo(KEY + ".");
        assertThat(sentFor(KEY + end)).isEqualTo(end.isEmpty() ? KEY.strip() : KEY);
    }

    private CommandRun type(OciSandbox sandbox, String answer) throws Exception {
        return CommandRun.in(folder)
                .typing(
                        "Password of " + sandbox.username() + " at " + sandbox.uri() + ": ",
                        answer,
                        "publish",
                        "--registry",
                        sandbox.uri() + "/acme",
                        "--username",
                        sandbox.username(),
                        "my-pack");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void personAtATerminalIsAskedAndTheAnswerIsNotShown() throws Exception {
        assumeTrue(Shell.has("script"), "script makes the pseudo terminal");
        try (OciSandbox sandbox = OciSandbox.start(OciBehaviour.DISTRIBUTION)) {
            CommandRun typed = type(sandbox, sandbox.password());
            assertThat(typed.succeeds().out())
                    .contains("Password of ", "PUBLISHED ")
                    .doesNotContain(sandbox.password());

            assertThat(type(sandbox, "").fails(ExitCode.USAGE).out())
                    .contains(
                            "--username needs a password. Give --password-stdin, and the password on standard input; or"
                                    + " put it into SPECTRO_PACK_PASSWORD.");
        }
    }
}
