package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Registries, and something that stands in for ECR, that list what there cannot be, or without an end. */
class HostileListsTest {

    private static final String SECRET = "hunter2-s3cret";
    private static final String ARCHIVE = "acme/spectro-packs/archive/";
    private static final String DIGEST = "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    /** What ECR, and who stands in for it, answers to its calls; empty for what is not asked for. */
    private interface Answer {
        String to(String call, int time);
    }

    @WorkingFolder
    private Path folder;

    private final AtomicInteger calls = new AtomicInteger();
    private AnsweringServer server;

    @BeforeEach
    void start() throws IOException {
        server = AnsweringServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void answer(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private CommandRun ecr(Answer answer, String... arguments) throws InterruptedException {
        String login = Base64.getEncoder().encodeToString(("AWS:" + SECRET).getBytes(StandardCharsets.UTF_8));
        server.answer(exchange -> {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String call = target.substring(target.indexOf('.') + 1);
            String said = call.equals("GetAuthorizationToken")
                    ? "{\"authorizationData\":[null,{\"authorizationToken\":\"" + login + "\",\"proxyEndpoint\":\""
                            + server.url() + "\"}]}"
                    : answer.to(call, calls.incrementAndGet());
            answer(exchange, said);
        });
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of(
                "--registry", "123456789012.dkr.ecr.us-east-1.amazonaws.com/acme", "--endpoint-url", server.url()));
        return checked(CommandRun.in(folder)
                .with("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE")
                .with("AWS_SECRET_ACCESS_KEY", SECRET)
                .java("-D" + Limits.PROPERTY + "="
                        + InProcess.PATIENT.withoutRetries().toProperty())
                .run(all.toArray(String[]::new)));
    }

    private static CommandRun checked(CommandRun run) {
        assertThat(run.output()).doesNotContain(SECRET).doesNotContain("null", "not foreseen", "\tat ");
        assertThat(run.output().replace("\n", "")).matches("[^\\p{Cc}\\p{Cf}\\u2028\\u2029]*");
        return run;
    }

    private static String repositories(String more) {
        return "{\"repositories\":[null,{},{\"repositoryName\":\"other\",\"registryId\":\"123456789012\"},"
                + "{\"repositoryName\":\"" + ARCHIVE + "a\\u001b[2J\\nb\"},{\"repositoryName\":\"" + ARCHIVE
                + "sample\"}]" + more + "}";
    }

    private static String images(String images, String more) {
        return "{\"imageDetails\":[null," + images + "]" + more + "}";
    }

    private static String image(String tag, String digest) {
        return "{\"imageTags\":[" + tag + "],\"imageDigest\":" + digest + "}";
    }

    private static String versions() {
        return images(
                image("\"1.0.0\",null,\"1\\u001b[2J\\n2\",\"\\u202etxt\",\"../../x\",\"\"", "\"" + DIGEST + "\"") + ","
                        + image("\"2.0.0\"", "null") + "," + image("\"3.0.0\"", "\"sha256:\\u001b\""),
                "");
    }

    @Test
    void whatCannotBeIsNotListed() throws Exception {
        CommandRun run = ecr((call, time) -> call.equals("DescribeImages") ? versions() : repositories(""), "list")
                .succeeds();

        assertThat(run.out()).isEqualTo("sample:1.0.0 " + DIGEST + "\n");
    }

    @Test
    void listOfEcrThatNeverEndsIsNotFollowed() throws Exception {
        CommandRun run = ecr((call, time) -> repositories(",\"nextToken\":\"" + time % 3 + "\""), "list")
                .fails(ExitCode.FAILED);

        assertThat(run.err())
                .contains("Error: DescribeRepositories failed: ECR at " + server.host()
                        + " gave a page again, so its list never ends.");
        assertThat(calls).hasValueLessThan(10);
    }

    @Test
    void versionsOfEcrThatAreEndlessAreNotTaken() throws Exception {
        String many = "\"v"
                + String.join(
                        "\",\"v",
                        Stream.iterate(0, i -> i + 1)
                                .limit(20_000)
                                .map(String::valueOf)
                                .toList()) + "\"";
        CommandRun run = ecr(
                        (call, time) -> call.equals("DescribeImages")
                                ? images(image(many, "\"" + DIGEST + "\""), ",\"nextToken\":\"" + time + "\"")
                                : repositories(""),
                        "list",
                        "sample")
                .fails(ExitCode.FAILED);

        assertThat(run.err())
                .contains("Error: DescribeImages of '" + ARCHIVE + "sample' failed: ECR at " + server.host()
                        + " named more than 100000.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"imageId\":{\"imageTag\":\"1.0.0\"},\"failureCode\":\"X\\u001b[2J\\n\",\"failureReason\":\"\\u202e"
                        + SECRET + "\"}",
                "{\"imageId\":{\"imageDigest\":\"" + DIGEST + "\"}}",
                "{}"
            })
    void versionThatIsNotDeletedIsTold(String failure) throws Exception {
        CommandRun run = ecr(
                        (call, time) -> switch (call) {
                            case "DescribeImages" ->
                                images(
                                        image("\"1.0.0\",\"1.0.0\"", "\"" + DIGEST + "\"") + ","
                                                + image("\"2.0.0\"", "\"" + DIGEST.replace("aaaa", "bbbb") + "\""),
                                        "");
                            case "BatchDeleteImage" -> "{\"failures\":[null," + failure + "]}";
                            default -> repositories("");
                        },
                        "retire",
                        "--yes",
                        "--keep-newest",
                        "1",
                        "sample")
                .fails(ExitCode.FAILED);

        assertThat(run.out()).startsWith("FAILED ").doesNotContain("RETIRED");
        assertThat(run.err())
                .contains("Error: 1 version is still there. The first: sample:1.0.0: BatchDeleteImage failed: ECR at "
                        + server.host() + " answered ");
    }

    /** A registry that lists packs and tags as it is told, and whose manifests are empty. */
    private CommandRun oci(String repositories, String tags, String link, String... arguments)
            throws InterruptedException {
        server.answer(exchange -> {
            calls.incrementAndGet();
            String path = exchange.getRequestURI().getPath();
            boolean isList = path.endsWith("/_catalog") || path.endsWith("/list");
            if (isList && !link.isEmpty()) {
                exchange.getResponseHeaders()
                        .add("Link", "<" + link.replace("{}", Integer.toString(calls.get() % 3)) + ">; rel=\"next\"");
            }
            answer(
                    exchange,
                    path.endsWith("/_catalog")
                            ? "{\"repositories\":" + repositories + "}"
                            : path.endsWith("/list") ? "{\"tags\":" + tags + "}" : "{\"layers\":[]}");
        });
        return checked(CommandRun.in(folder)
                .java("-D" + Limits.PROPERTY + "="
                        + InProcess.PATIENT.withoutRetries().toProperty())
                .run(arguments));
    }

    private static final String ODD_TAGS =
            "[\"1 0\",\"%zz\",\"\\u001b[2J\",\"../../x\",\"a?b\",\"1\\r\\nX: y\",null,5,{\"a\":[\"9\"]},[\"8\"],\"1.0.0\"]";

    @Test
    void whatCannotBeIsNotAskedFor() throws Exception {
        String odd = "[\"" + ARCHIVE + "a b\",\"" + ARCHIVE + "\\u001b[2J\",\"" + ARCHIVE + "..\",\"" + ARCHIVE
                + "a?b\",\"" + ARCHIVE + "\",\"" + ARCHIVE + "%zz\",null,5,{},\"" + ARCHIVE + "sample\"]";

        assertThat(oci(odd, ODD_TAGS, "", "list", "--registry", server.url() + "/acme")
                        .succeeds()
                        .out())
                .matches("sample:1\\.0\\.0 sha256:[0-9a-f]{64}\n");
    }

    @Test
    void whatCannotBeIsNotCopied() throws Exception {
        CommandRun run = oci(
                        "[]",
                        ODD_TAGS,
                        "",
                        "copy",
                        "sample",
                        "--from",
                        server.url() + "/acme",
                        "--to",
                        "bundle:" + folder.resolve("bundle"))
                .succeeds();

        assertThat(run.err().lines().filter(line -> line.contains("left alone")))
                .singleElement()
                .asString()
                .startsWith("sample:1.0.0: left alone. ");
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/acme/spectro-packs/archive/sample/tags/list?last={}, gave a page again{} so its list never ends",
        "http://elsewhere.example/v2/acme/spectro-packs/archive/sample/tags/list?last={}, gave a page again{} so its list never ends",
        "http://[::1, does not say where its next page is"
    })
    void listThatNeverEndsIsNotFollowed(String link, String said) throws Exception {
        CommandRun run = oci("[]", "[]", link, "list", "sample", "--registry", server.url() + "/acme")
                .fails(ExitCode.FAILED);

        assertThat(run.err())
                .contains("Error: Listing versions of " + ARCHIVE + "sample failed: " + server.host() + " "
                        + said.replace("{}", ",") + ".");
        assertThat(calls).hasValueLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[],", "{},", "\"a\",", "1,"})
    void longListsAreReadInBoundedMemory(String element) throws Exception {
        String many = element.repeat(12_000_000 / element.length());
        CommandRun run =
                oci("[]", "[" + many + "\"1.0.0\"]", "", "list", "sample", "--registry", server.url() + "/acme");
        run.succeeds();

        CommandRun small = checked(CommandRun.in(folder)
                .java("-Xmx80m")
                .run("list", "sample", "--registry", server.url() + "/acme")
                .succeeds());
        assertThat(small.out()).contains("sample:1.0.0 ");
    }
}
