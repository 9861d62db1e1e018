package io.jenkins.plugins.spectropack.engine.util;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final List<String> log = new ArrayList<>();

    private static Limits limits(Duration firstPause, Duration longestPause) {
        return new Limits(MINUTE, MINUTE, MINUTE, 4, firstPause, longestPause, MINUTE.multipliedBy(60), MINUTE);
    }

    /** A server that refused, in no kind's own words. */
    private static final class Refusal extends ServerException {
        Refusal(int status, Duration retryAfter) {
            super(
                    "It failed: host answered " + status + " to PUT.",
                    status,
                    "",
                    ServerErrors.isTransient(status),
                    retryAfter,
                    null);
        }

        Refusal(IOException failure) {
            super(
                    ServerErrors.describe("host", failure) + ".",
                    0,
                    "",
                    ServerErrors.isTransient(failure),
                    Duration.ZERO,
                    failure);
        }
    }

    private static Refusal answer(int status, Duration retryAfter) {
        return new Refusal(status, retryAfter);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 413, 416})
    void refusalsAreFinal(int status) {
        assertThat(answer(status, Duration.ZERO).isTransient()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 599})
    void failuresOfTheMomentAreNot(int status) {
        assertThat(answer(status, Duration.ZERO).isTransient()).isTrue();
    }

    @Test
    void pausesDoubleWithinAQuarterEitherWay() {
        Retry retry = new Retry(limits(Duration.ofMillis(40), MINUTE), log::add);

        assertThatThrownBy(() -> retry.run(() -> {
                    throw answer(503, Duration.ZERO);
                }))
                .isInstanceOf(Refusal.class);

        assertThat(log).hasSize(4);
        assertThat(log.get(0))
                .matches("It failed: host answered 503 to PUT\\. Trying again in 0\\.[01] s \\(retry 1 of 4\\)\\.");
        assertThat(log.get(3)).matches(".* Trying again in 0\\.[234] s \\(retry 4 of 4\\)\\.");
    }

    @Test
    void registryIsAskedNoEarlierThanItWants() {
        Retry retry = new Retry(limits(Duration.ofMillis(1), Duration.ofSeconds(2)), log::add);
        List<Integer> tries = new ArrayList<>();

        assertThatThrownBy(() -> retry.run(() -> {
                    tries.add(1);
                    throw tries.size() == 1 ? answer(429, Duration.ofSeconds(1)) : answer(400, Duration.ZERO);
                }))
                .hasMessageContaining("400");

        assertThat(log).singleElement().asString().endsWith("Trying again in 1.0 s (retry 1 of 4).");
    }

    @Test
    void registryCannotAskForAPauseWithoutEnd() {
        Retry retry = new Retry(limits(Duration.ofMillis(1), Duration.ofMillis(20)), log::add);

        assertThatThrownBy(() -> retry.run(() -> {
                    throw answer(429, Duration.ofDays(11));
                }))
                .isInstanceOf(Refusal.class);

        assertThat(log).hasSize(4).allMatch(line -> line.contains("Trying again in 0.0 s"));
    }

    @Test
    void retryAfterMayBeSecondsOrADate() {
        assertThat(ServerErrors.wait(Optional.of("17"))).isEqualTo(Duration.ofSeconds(17));
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(600).atOffset(ZoneOffset.UTC));
        assertThat(ServerErrors.wait(Optional.of(date))).isBetween(Duration.ofSeconds(300), Duration.ofSeconds(600));
        assertThat(ServerErrors.wait(Optional.of("Sun, 06 Nov 1994 08:49:37 GMT")))
                .isZero();
        assertThat(ServerErrors.wait(Optional.of("soon"))).isZero();
        assertThat(ServerErrors.wait(Optional.empty())).isZero();
    }

    @Test
    void interruptEndsThePause() throws Exception {
        CountDownLatch paused = new CountDownLatch(1);
        Retry retry = new Retry(
                new Limits(
                        MINUTE,
                        MINUTE,
                        MINUTE,
                        4,
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        Duration.ofDays(1),
                        MINUTE),
                line -> {
                    log.add(line);
                    paused.countDown();
                });
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                retry.run(() -> {
                    throw new Refusal(new IOException("reset"));
                });
            } catch (Exception e) {
                thrown.set(e);
            }
        });
        thread.start();
        paused.await();
        thread.interrupt();
        thread.join(60_000);

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(log).singleElement().asString().contains("the connection to host failed (reset).");
    }
}
