package io.jenkins.plugins.spectropack.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final List<String> ITEMS = List.of("a", "ccc", "dddd", "bb");

    @Test
    void whatTakesLongestIsBegunFirstAndResultsKeepTheirOrder() throws Exception {
        AtomicInteger turn = new AtomicInteger();
        Map<String, Integer> turns = new ConcurrentHashMap<>();
        // Two go on together, when both have begun.
        CyclicBarrier pair = new CyclicBarrier(2, turn::incrementAndGet);

        List<Integer> results = Workers.run(ITEMS, 2, String::length, item -> {
            pair.await();
            turns.put(item, turn.get());
            pair.await();
            return item.length();
        });

        assertThat(results).containsExactly(1, 3, 4, 2);
        assertThat(turns).isEqualTo(Map.of("dddd", 1, "ccc", 1, "bb", 3, "a", 3));
    }

    @Test
    void oneThreadKeepsTheOrder() throws Exception {
        StringBuilder begun = new StringBuilder();

        Workers.run(ITEMS, 1, String::length, item -> begun.append(item).append(' '));

        assertThat(begun).hasToString("a ccc dddd bb ");
    }
}
