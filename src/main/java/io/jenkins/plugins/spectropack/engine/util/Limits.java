package io.jenkins.plugins.spectropack.engine.util;

import java.time.Duration;

/**
 * How long to wait for a server before giving up, so that no request can hang for ever.
 *
 * @param api for a call of the ECR or the Palette API, from its beginning to its end
 * @param answer for the answer to a request to the registry, counted from when its last byte was sent
 * @param stall while a body moves: the longest pause without a single byte
 * @param retries how often a transient failure is tried again
 * @param firstPause before the first retry; doubled for each further one, and varied at random so that parallel builds
 *     do not retry in step
 * @param longestPause no pause is longer, not even if the server asks for it
 * @param total for one operation, its retries included; no retry starts after it
 * @param poll between two questions how work of the other side goes on
 */
public record Limits(
        Duration api,
        Duration answer,
        Duration stall,
        int retries,
        Duration firstPause,
        Duration longestPause,
        Duration total,
        Duration poll) {

    /** For tests only: what an entry point uses instead of {@link #DEFAULT}, its components joined by commas. */
    public static final String PROPERTY = "spectropack.limits";

    private static final int COMPONENTS = 8;

    /** What the entry points use. ECR assembles a layer after its last byte has arrived, which takes a while for a big one. */
    public static final Limits DEFAULT = new Limits(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            5,
            Duration.ofMillis(500),
            Duration.ofSeconds(20),
            Duration.ofMinutes(30),
            Duration.ofSeconds(10));

    /** The same with one try only, for somebody who waits for the answer. */
    public Limits withoutRetries() {
        return new Limits(api, answer, stall, 0, firstPause, longestPause, total, poll);
    }

    /** The same with one try only and no more than this for the answer, for a first look. */
    public Limits forFirstLook(Duration most) {
        return new Limits(
                api, answer.compareTo(most) < 0 ? answer : most, stall, 0, firstPause, longestPause, total, poll);
    }

    /** The same with another pause between two questions. */
    public Limits withPoll(Duration value) {
        return new Limits(api, answer, stall, retries, firstPause, longestPause, total, value);
    }

    /** The default limits, or those that a test has put into {@link #PROPERTY} because nobody can wait for minutes there. */
    public static Limits ofEntryPoint() {
        String text = System.getProperty(PROPERTY, "");
        return text.isEmpty() ? DEFAULT : parse(text);
    }

    private static Limits parse(String text) {
        String[] parts = text.split(",");
        if (parts.length != COMPONENTS) {
            throw new IllegalArgumentException(PROPERTY + " must have " + COMPONENTS + " parts.");
        }
        return new Limits(
                Duration.parse(parts[0]),
                Duration.parse(parts[1]),
                Duration.parse(parts[2]),
                Integer.parseInt(parts[3]),
                Duration.parse(parts[4]),
                Duration.parse(parts[5]),
                Duration.parse(parts[6]),
                Duration.parse(parts[7]));
    }

    /** The value of {@link #PROPERTY} that means these limits. */
    public String toProperty() {
        return String.join(
                ",",
                api.toString(),
                answer.toString(),
                stall.toString(),
                Integer.toString(retries),
                firstPause.toString(),
                longestPause.toString(),
                total.toString(),
                poll.toString());
    }
}
