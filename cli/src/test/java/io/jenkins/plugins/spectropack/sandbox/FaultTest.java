package io.jenkins.plugins.spectropack.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults as a plain HTTP client meets them. */
class FaultTest {

    private static final String NAME = "nginx";
    private static final byte[] LAYER = new byte[8 * 1024 * 1024];
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Started
    private EcrSandbox sandbox;

    private RegistryClient client;

    @BeforeEach
    void start() throws Exception {
        sandbox.createRepository(NAME, false);
        client = new RegistryClient(sandbox);
    }

    @Test
    void playsFaultsInTheirOrderAndSoOftenAsPlanned() throws Exception {
        PlannedFault busy = sandbox.fault(2, Match.uploadStart(), Fault.tooManyRequests(Duration.ofSeconds(3)));
        sandbox.fault(1, Match.uploadStart(), Fault.registryError(503, "UNAVAILABLE", "not now"));

        HttpResponse<String> first = client.startUpload(NAME);
        assertThat(first.statusCode()).isEqualTo(429);
        assertThat(first.headers().firstValue("Retry-After")).contains("3");
        assertThat(first.body()).contains("TOOMANYREQUESTS");
        assertThat(client.startUpload(NAME).statusCode()).isEqualTo(429);
        assertThat(client.startUpload(NAME).statusCode()).isEqualTo(503);
        assertThat(client.startUpload(NAME).statusCode()).isEqualTo(202);
        assertThat(busy.hits()).isEqualTo(2);
        assertThat(sandbox.requests().all().stream().map(Request::status)).containsExactly(429, 429, 503, 202);
    }

    @Test
    void sparesRequestsOnceCancelled() throws Exception {
        PlannedFault fault = sandbox.fault(Match.any(), Fault.redirect(301, "http://elsewhere.invalid/"));
        HttpResponse<String> moved = client.send("GET", "/v2/");
        assertThat(moved.statusCode()).isEqualTo(301);
        assertThat(moved.headers().firstValue("Location")).contains("http://elsewhere.invalid/");
        fault.cancel();
        assertThat(client.send("GET", "/v2/").statusCode()).isEqualTo(200);
        sandbox.fault(Match.any(), Fault.answer(500, Map.of(), "broken"));
        assertThat(client.send("GET", "/v2/").body()).isEqualTo("broken");
        sandbox.clearFaults();
        assertThat(client.send("GET", "/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void cutsBeforeTheRequestTakesEffect() throws Exception {
        sandbox.fault(1, Match.uploadContent(), Fault.cut());
        assertThatThrownBy(() -> client.pushBlob(NAME, LAYER)).isInstanceOf(IOException.class);
        assertThat(sandbox.hasBlob(NAME, Digests.of(LAYER))).isFalse();
        assertThat(sandbox.requests().all().get(1).status()).isZero();
    }

    @Test
    void losesTheAnswerToARequestThatTookEffect() throws Exception {
        sandbox.fault(1, Match.uploadContent(), Fault.loseAnswer());
        assertThatThrownBy(() -> client.pushBlob(NAME, LAYER)).isInstanceOf(IOException.class);
        assertThat(sandbox.hasBlob(NAME, Digests.of(LAYER))).isTrue();
    }

    @Test
    void cutsAnUploadHalfwayWhichUsesItUp() throws Exception {
        sandbox.fault(1, Match.uploadContent(), Fault.cutRequestBody());
        URI location = client.uploadLocation(NAME);

        assertThatThrownBy(() -> client.finishUpload(location, Digests.of(LAYER), BodyPublishers.ofByteArray(LAYER)))
                .isInstanceOf(IOException.class);

        assertThat(sandbox.requests().matching(Match.uploadContent()).get(0).bodyBytes())
                .isEqualTo(LAYER.length / 2);
        HttpResponse<String> again =
                client.finishUpload(location, Digests.of(LAYER), BodyPublishers.ofByteArray(LAYER));
        assertThat(again.statusCode()).isEqualTo(416);
        assertThat(again.body()).contains("instead of " + LAYER.length / 2);
        assertThat(client.pushBlob(NAME, LAYER).statusCode()).isEqualTo(201);
    }

    @Test
    void cutsADownloadHalfway() throws Exception {
        client.pushBlob(NAME, LAYER);
        sandbox.fault(1, Match.registry("GET", "/blobs/"), Fault.cutAnswerBody());
        String blob = "/v2/" + NAME + "/blobs/" + Digests.of(LAYER);
        assertThatThrownBy(() -> client.send("GET", blob)).isInstanceOf(IOException.class);
        assertThat(client.send("GET", blob).body()).hasSize(LAYER.length);
    }

    @Test
    void saysNothingUntilReleased() throws Exception {
        PlannedFault stall = sandbox.fault(Match.registry("GET", "^/v2/$"), Fault.stall());
        CompletableFuture<Integer> pending = inBackground();
        Request seen = sandbox.requests().await(Match.any(), LIMIT);
        assertThat(seen.status()).isZero();
        assertThat(pending).isNotDone();
        stall.release();
        assertThat(pending.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(client.send("GET", "/v2/").statusCode()).isEqualTo(200);
    }

    @Test
    void requestsHeldUpByAFaultThatIsOverTakeNoEffect() throws Exception {
        URI location = client.uploadLocation(NAME);
        sandbox.fault(1, Match.uploadContent(), Fault.stall());
        CompletableFuture<Integer> pending = upload(location);
        sandbox.requests().await(Match.uploadContent(), LIMIT);
        sandbox.clearFaults();
        assertThatThrownBy(() -> pending.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(sandbox.hasBlob(NAME, Digests.of(LAYER))).isFalse();
    }

    @Test
    void cutsStalledRequestsWhenItCloses() throws Exception {
        sandbox.fault(Match.any(), Fault.stall());
        CompletableFuture<Integer> pending = inBackground();
        sandbox.requests().await(Match.any(), LIMIT);
        sandbox.close();
        assertThatThrownBy(() -> pending.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void stopsReadingHalfwayUntilReleased() throws Exception {
        PlannedFault stall = sandbox.fault(Match.uploadContent(), Fault.stallRequestBody());
        URI location = client.uploadLocation(NAME);
        CompletableFuture<Integer> pending = upload(location);
        sandbox.requests().await(Match.uploadContent().and(request -> request.bodyBytes() == LAYER.length / 2), LIMIT);
        Thread.sleep(100);
        assertThat(pending).isNotDone();
        assertThat(sandbox.requests().matching(Match.uploadContent()).get(0).bodyBytes())
                .isEqualTo(LAYER.length / 2);
        stall.release();
        assertThat(pending.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(201);
    }

    @Test
    void delaysOneRequestOrAll() throws Exception {
        sandbox.fault(1, Match.any(), Fault.delay(Duration.ofMillis(200)).and(Fault.answer(418, Map.of(), "")));
        long start = System.nanoTime();
        assertThat(client.send("GET", "/v2/").statusCode()).isEqualTo(418);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        sandbox.latency(Duration.ofMillis(200));
        start = System.nanoTime();
        assertThat(client.send("GET", "/v2/").statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
    }

    @Test
    void answersBeforeTheBodyIsRead() {
        sandbox.fault(1, Match.uploadContent(), Fault.answerEarly(503, Map.of(), "busy"));
        try {
            assertThat(client.pushBlob(NAME, LAYER).statusCode()).isEqualTo(503);
        } catch (IOException | InterruptedException e) {
            assertThat(e).as("an answer that got lost in the broken upload").isInstanceOf(IOException.class);
        }
        Request upload = sandbox.requests().matching(Match.uploadContent()).get(0);
        assertThat(upload.status()).isEqualTo(503);
        assertThat(upload.bodyBytes()).isLessThan(LAYER.length);
    }

    @Test
    void lies() throws Exception {
        sandbox.fault(1, Match.manifestPut(), Fault.wrongContentDigest());
        assertThat(client.push(NAME, "1.0.0", LAYER).headers().firstValue("Docker-Content-Digest"))
                .contains("sha256:" + "0".repeat(64));
        assertThat(sandbox.tags(NAME)).containsKey("1.0.0");

        sandbox.fault(1, Match.uploadStart(), Fault.withoutLocation());
        assertThat(client.startUpload(NAME).headers().firstValue("Location")).isEmpty();
        sandbox.fault(1, Match.uploadStart(), Fault.location("http://foreign.invalid/upload"));
        assertThat(client.startUpload(NAME).headers().firstValue("Location")).contains("http://foreign.invalid/upload");
    }

    @Test
    void matchesByActionAndPath() throws Exception {
        sandbox.fault(Match.registry("BatchGetImage"), Fault.answer(500, Map.of(), ""));
        assertThat(client.send("GET", "/v2/nginx/manifests/1.0.0").statusCode()).isEqualTo(500);
        assertThat(client.startUpload(NAME).statusCode()).isEqualTo(202);
        assertThatThrownBy(() -> sandbox.requests().await(Match.api("x"), Duration.ofMillis(20)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("GET /v2/nginx/manifests/1.0.0");
    }

    private CompletableFuture<Integer> upload(URI location) {
        return inBackground(() -> client.finishUpload(location, Digests.of(LAYER), BodyPublishers.ofByteArray(LAYER)));
    }

    private CompletableFuture<Integer> inBackground() {
        return inBackground(() -> client.send("GET", "/v2/"));
    }

    private static CompletableFuture<Integer> inBackground(Callable<HttpResponse<?>> request) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return request.call().statusCode();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
