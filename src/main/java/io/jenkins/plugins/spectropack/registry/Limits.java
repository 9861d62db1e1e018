package io.jenkins.plugins.spectropack.registry;

import java.time.Duration;

/**
 * How long to wait for a registry before giving up, so that no request can hang for ever.
 *
 * @param answer for the answer to a request, counted from when its last byte was sent
 * @param stall while a body moves: the longest pause without a single byte
 * @param retries how often a passing failure is tried again
 * @param firstPause before the first retry; doubled for each further one, and varied at random so that parallel builds
 *     do not retry in step
 * @param longestPause no pause is longer, not even if the registry asks for it
 * @param total for one operation, its retries included; no retry starts after it
 */
public record Limits(
        Duration answer, Duration stall, int retries, Duration firstPause, Duration longestPause, Duration total) {

    /** The same with one try only, for somebody who waits for the answer. */
    public Limits withoutRetries() {
        return new Limits(answer, stall, 0, firstPause, longestPause, total);
    }

    /** What the front doors use. ECR assembles a layer after its last byte has arrived, which takes a while for a big one. */
    public static final Limits DEFAULT = new Limits(
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            5,
            Duration.ofMillis(500),
            Duration.ofSeconds(20),
            Duration.ofMinutes(30));
}
