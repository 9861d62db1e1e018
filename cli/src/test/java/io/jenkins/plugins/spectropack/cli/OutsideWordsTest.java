package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.SamplePacks;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a registry, a gateway or something that stands in for AWS says comes into the output in one safe way only. */
class OutsideWordsTest {

    /** With what is escaped in URLs, JSON and HTML, and in base64 as well. */
    private static final String PASSWORD = "hunter2+/&\"s3c?~cret";

    @WorkingFolder
    private Path folder;

    private AnsweringServer server;
    private UnaryOperator<String> answer = login -> "";
    private int status = 403;

    @BeforeEach
    void start() throws IOException {
        SamplePacks.write(folder.resolve("my-pack"), "sample", "1.0.0");
        server = AnsweringServer.start();
        server.answer(exchange -> {
            String login = exchange.getRequestHeaders().getFirst("Authorization");
            if (login == null) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"x\"");
                exchange.sendResponseHeaders(401, -1);
            } else {
                byte[] body = answer.apply(login).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
            exchange.close();
        });
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandRun publish() throws InterruptedException {
        CommandRun run = CommandRun.in(folder)
                .java("-D" + Limits.PROPERTY + "="
                        + InProcess.PATIENT.withoutRetries().toProperty())
                .input(PASSWORD + "\n")
                .run(
                        "publish",
                        "--registry-url",
                        server.url(),
                        "--username",
                        "u",
                        "--password-stdin",
                        "--repository-name",
                        "acme",
                        "my-pack")
                .fails(ExitCode.FAILED);
        String encoded = Base64.getEncoder().encodeToString(("u:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(run.output()).doesNotContain(PASSWORD).doesNotContain(encoded);
        assertThat(run.output().replace("\n", "")).matches("[^\\p{Cc}\\p{Cf}\\u2028\\u2029]*");
        return run;
    }

    @Test
    void refusalWritesNoLinesOfItsOwn() throws Exception {
        answer = login -> "{\"errors\":[{\"code\":\"DENIED\\n[Pipeline] // node\\nFinished: SUCCESS\","
                + "\"message\":\"\\u001b[8mha:AAAA\\u001b[0m\\u202egnp.exe\"}]}";

        assertThat(publish().err().lines())
                .noneMatch(line -> line.startsWith("[Pipeline]") || line.startsWith("Finished"))
                .anyMatch(line -> line.contains("answered 403 DENIED [Pipeline] // node Finished: SUCCESS to GET:"
                        + " \\u001B[8mha:AAAA\\u001B[0m\\u202Egnp.exe."));
    }

    @Test
    void echoOfTheLoginIsStruckOutBeforeTheTextIsCut() throws Exception {
        answer = login ->
                "<html>" + "x".repeat(480) + " you sent " + login + " which is u:" + PASSWORD + " or " + PASSWORD;
        assertThat(publish().err()).contains("you sent Basic");

        answer = login -> "<p>" + "<b>".repeat(5_000) + login;
        assertThat(publish().err()).contains("answered 403");

        // What is read ends in the middle of the login.
        answer = login -> " ".repeat(16 * 1024 - 20) + login;
        assertThat(publish().err()).contains("[secret]");
    }

    /** As gateways, scripts and mail programs write what they were sent. */
    private static Stream<UnaryOperator<String>> escapes() {
        return Stream.of(
                text -> URLEncoder.encode(text, StandardCharsets.UTF_8),
                text -> Pattern.compile("%..")
                        .matcher(URLEncoder.encode(text, StandardCharsets.UTF_8))
                        .replaceAll(letter -> letter.group().toLowerCase(Locale.ROOT)),
                text -> text.replace("\"", "\\\""),
                text -> text.replace("\"", "\\\"").replace("/", "\\/"),
                text -> text.replace("&", "&amp;").replace("\"", "&quot;"),
                text -> text.replace("&", "&#38;").replace("\"", "&#x22;").replace("+", "&#43;"),
                text -> text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining()),
                text -> text.substring(0, 9) + "\r\n" + text.substring(9));
    }

    @ParameterizedTest
    @MethodSource("escapes")
    void echoThatIsEscapedIsStruckOut(UnaryOperator<String> escape) throws Exception {
        answer = login -> "<p>you sent (" + escape.apply(PASSWORD) + ") and ("
                + escape.apply(login.substring("Basic ".length())) + ")</p>";

        assertThat(publish().err()).contains("you sent ([secret]) and ([secret]).");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "<a", "\n ", "\\", "&", "%4", "&#x"})
    void textThatIsMadeToTakeLongTakesNoTime(String part) throws Exception {
        answer = login -> part.repeat(50_000);

        long start = System.nanoTime();
        publish();

        assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(ints = {407, 500, 502, 503})
    void pageThatIsNotFromAwsIsToldSo(int code) throws Exception {
        status = code;
        answer = login -> "<html><title>Gateway</title>no way</html>";

        CommandRun run = CommandRun.in(folder)
                .with("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
                .with("AWS_SECRET_ACCESS_KEY", "secret")
                .java("-D" + Limits.PROPERTY + "="
                        + InProcess.PATIENT.withoutRetries().toProperty())
                .run(
                        "publish",
                        "--region",
                        "us-east-1",
                        "--endpoint-url",
                        server.url(),
                        "--repository-name",
                        "acme",
                        "my-pack")
                .fails(ExitCode.FAILED);

        assertThat(run.err())
                .doesNotContain("null")
                .contains("answered " + code + " with something that is not AWS'")
                // Java's own client keeps the page of a 407 for itself.
                .contains(code == 407 ? "Check the user name and password of the proxy." : "': Gateway no way.");
    }

    @Test
    void valuesThatAreTooLongAreRefusedAtOnce() throws Exception {
        for (List<String> arguments : List.of(
                List.of("--repository-name", "/".repeat(100_000), "--registry-url", server.url()),
                List.of("--repository-name", "a-".repeat(50_000), "--registry-url", server.url()),
                List.of("--repository-name", "acme", "--region", "a" + "-a".repeat(50_000)),
                List.of(
                        "--repository-name",
                        "acme",
                        "--region",
                        "us-east-1",
                        "--endpoint-url",
                        server.url() + "/path?query"))) {
            CommandRun run = CommandRun.in(folder)
                    .run(Stream.of(List.of("publish"), arguments, List.of("my-pack"))
                            .flatMap(List::stream)
                            .toArray(String[]::new));
            run.fails(ExitCode.USAGE);
        }
    }
}
