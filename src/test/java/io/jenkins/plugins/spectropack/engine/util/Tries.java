package io.jenkins.plugins.spectropack.engine.util;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tries a property with values that a seeded generator makes, the same ones in every run. A failure names its seed, and
 * {@code -Dspectropack.seed=SEED} tries that one alone.
 */
public final class Tries {

    private static final String SEED = "spectropack.seed";

    private Tries() {}

    /**
     * What must hold for every value.
     *
     * @param <T> the kind of value
     */
    @FunctionalInterface
    public interface Property<T> {
        /** Fails where it does not hold. */
        void check(T value) throws Exception;
    }

    /**
     * Checks a property with as many values as asked, one a seed.
     *
     * @param generator makes a value of what a seed gives
     */
    public static <T> void of(int count, Function<RandomGenerator, T> generator, Property<T> property) {
        Integer only = Integer.getInteger(SEED);
        int first = only == null ? 0 : only;
        int end = only == null ? count : only + 1;
        for (int seed = first; seed < end; seed++) {
            T value = generator.apply(new SplittableRandom(seed));
            try {
                property.check(value);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("With -D" + SEED + "=" + seed + ", which makes " + text(value) + ": " + e, e);
            }
        }
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }

    /** One of some values. */
    @SafeVarargs
    public static <T> T oneOf(RandomGenerator random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** A text of some characters; the shortest and the longest are made more often than chance would. */
    public static String text(RandomGenerator random, String characters, int shortest, int longest) {
        return IntStream.range(0, size(random, shortest, longest))
                .mapToObj(i -> String.valueOf(characters.charAt(random.nextInt(characters.length()))))
                .collect(Collectors.joining());
    }

    /** Bytes; none at all and as many as allowed are made more often than chance would. */
    public static byte[] bytes(RandomGenerator random, int most) {
        byte[] bytes = new byte[size(random, 0, most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Some values in a list; the shortest and the longest lists are made more often than chance would. */
    public static <T> List<T> list(
            RandomGenerator random, int shortest, int longest, Function<RandomGenerator, T> generator) {
        return IntStream.range(0, size(random, shortest, longest))
                .mapToObj(i -> generator.apply(random))
                .toList();
    }

    private static int size(RandomGenerator random, int shortest, int longest) {
        return switch (random.nextInt(20)) {
            case 0 -> shortest;
            case 1 -> longest;
            default -> random.nextInt(shortest, longest + 1);
        };
    }
}
