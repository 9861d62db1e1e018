package io.jenkins.plugins.spectropack.engine.publish;

import io.jenkins.plugins.spectropack.engine.util.Progress;
import io.jenkins.plugins.spectropack.engine.util.Progress.Activity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * What is under way in a run, in one line: what is done to what, how far it is, how fast, and how long it still takes. Told by
 * the threads that work, asked by those that show it.
 */
public final class ProgressReport {

    private static final long NANOS = 1_000_000_000;
    private static final long SECONDS_OF_A_MINUTE = 60;
    private static final long SECONDS_OF_AN_HOUR = 3600;
    private static final int PERCENT = 100;

    /** So much of a name tells which one it is, more than speed and time left do. */
    private static final int ENOUGH_OF_A_NAME = 16;

    private static final int SHORTEST_NAME = 8;
    private static final String CUT = "...";

    private final LongSupplier nanos;
    private final Map<Activity, Map<String, Task>> tasks = new EnumMap<>(Activity.class);
    private final Map<Activity, Speed> speeds = new EnumMap<>(Activity.class);
    private int packs;
    private int ended;

    /** Begins with nothing under way. */
    public ProgressReport() {
        this(System::nanoTime);
    }

    /**
     * Begins with nothing under way.
     *
     * @param nanos the time, from any moment on
     */
    ProgressReport(LongSupplier nanos) {
        this.nanos = nanos;
        for (Activity activity : Activity.values()) {
            tasks.put(activity, new LinkedHashMap<>());
            speeds.put(activity, new Speed());
        }
    }

    private record Task(long begun, long done, long total) {}

    /** How much was done lately. What was done long ago says little of a line that others use, too. */
    private static final class Speed {
        private static final long LATELY = 10 * NANOS;
        private static final long BETWEEN = NANOS / 5;
        private static final double SHORTEST = 0.5;

        private final Deque<long[]> samples = new ArrayDeque<>();
        private long moved;

        void add(long amount, long now) {
            if (samples.isEmpty()) {
                samples.add(new long[] {now, moved});
            }
            moved += amount;
            if (now - samples.getLast()[0] >= BETWEEN) {
                samples.add(new long[] {now, moved});
            }
            while (samples.size() > 1 && now - samples.getFirst()[0] > LATELY) {
                samples.removeFirst();
            }
        }

        /** What is done in a second; 0 if that cannot be told yet. */
        double perSecond(long now) {
            if (samples.isEmpty()) {
                return 0;
            }
            long[] first = samples.getFirst();
            double seconds = (now - first[0]) / (double) NANOS;
            return seconds < SHORTEST ? 0 : (moved - first[1]) / seconds;
        }
    }

    /** That so many packs are to come to their end. */
    public synchronized void begins(int count) {
        packs = count;
        ended = 0;
    }

    /** That one of them has. */
    public synchronized void ended() {
        ended++;
    }

    /** Takes in how far something is. */
    public synchronized void update(Progress progress) {
        Map<String, Task> same = tasks.get(progress.activity());
        long now = nanos.getAsLong();
        Task before = same.get(progress.what());
        long done = before == null ? 0 : before.done();
        if (progress.total() > 0) {
            // What starts over was not undone.
            speeds.get(progress.activity()).add(Math.max(0, progress.done() - done), now);
        }
        if (progress.isOver()) {
            same.remove(progress.what());
        } else {
            long begun = before == null ? now : before.begun();
            same.put(progress.what(), new Task(begun, progress.done(), progress.total()));
        }
    }

    /** Whether nothing is under way. */
    public synchronized boolean isEmpty() {
        return tasks.values().stream().allMatch(Map::isEmpty);
    }

    /**
     * What is under way.
     *
     * @param width the most characters that it may have
     * @return empty if that is nothing
     */
    public synchronized Optional<String> line(int width) {
        String count = packs > 1 && ended > 0 && ended < packs ? "[" + ended + "/" + packs + "] " : "";
        List<String> parts = new ArrayList<>();
        int left = width - count.length();
        for (Activity activity : Activity.values()) {
            Map<String, Task> same = tasks.get(activity);
            int separator = parts.isEmpty() ? 0 : "; ".length();
            if (same.isEmpty() || !parts.isEmpty() && left < width / 2) {
                continue;
            }
            String part = part(activity, same, left - separator);
            if (part.length() <= left - separator) {
                left -= part.length() + separator;
                parts.add(part);
            }
        }
        if (parts.isEmpty()) {
            return isEmpty() ? Optional.empty() : Optional.of(count.strip());
        }
        return Optional.of(count + String.join("; ", parts));
    }

    private String part(Activity activity, Map<String, Task> same, int room) {
        Task all = new Task(
                same.values().stream().mapToLong(Task::begun).min().orElseThrow(),
                same.values().stream().mapToLong(Task::done).sum(),
                same.values().stream().mapToLong(Task::total).sum());
        String what = same.size() == 1 ? same.keySet().iterator().next() : same.size() + " packs";
        long now = nanos.getAsLong();
        double speed = speeds.get(activity).perSecond(now);
        return switch (activity) {
            case UPLOADING -> transfer("Uploading ", what, all, speed, room);
            case DOWNLOADING -> transfer("Downloading ", what, all, speed, room);
            case ARCHIVING -> transfer("Archiving ", what, all, speed, room);
            case CHECKING ->
                fitted("Checking ", all.done() + " of " + all.total(), " packs", List.of(remaining(all, speed)), room);
            case WAITING ->
                fitted(
                        "Waiting for ",
                        what,
                        ": " + time((now - all.begun()) / NANOS),
                        List.of(" of " + time(all.total()) + " at most"),
                        room);
        };
    }

    private static String transfer(String verb, String what, Task all, double speed, int room) {
        return fitted(
                verb,
                what,
                ": " + all.done() * PERCENT / all.total() + "%",
                List.of(
                        " of " + Sizes.text(all.total()),
                        speed > 0 ? ", " + Sizes.text((long) speed) + "/s" : "",
                        remaining(all, speed)),
                room);
    }

    private static String remaining(Task all, double speed) {
        return speed > 0 ? ", " + time((long) Math.ceil((all.total() - all.done()) / speed)) + " left" : "";
    }

    /** Where there is no room for all, a long name is cut, then the last details go, then the rest of the name. */
    private static String fitted(String verb, String name, String figure, List<String> details, int room) {
        int enough = Math.min(name.length(), ENOUGH_OF_A_NAME);
        for (int count = details.size(); count >= 0; count--) {
            String tail = figure + String.join("", details.subList(0, count));
            int forName = room - verb.length() - tail.length();
            if (forName >= enough) {
                return verb + cut(name, forName) + tail;
            }
        }
        String shortest = verb + cut(name, SHORTEST_NAME) + figure;
        return shortest.substring(0, Math.min(shortest.length(), Math.max(0, room)));
    }

    private static String cut(String name, int length) {
        return name.length() <= length ? name : name.substring(0, length - CUT.length()) + CUT;
    }

    private static String time(long seconds) {
        if (seconds < SECONDS_OF_A_MINUTE) {
            return seconds + " s";
        }
        long minutes = seconds / SECONDS_OF_A_MINUTE;
        long rest = seconds % SECONDS_OF_A_MINUTE;
        if (seconds < SECONDS_OF_AN_HOUR) {
            return minutes + " min" + (rest == 0 ? "" : " " + rest + " s");
        }
        return minutes / SECONDS_OF_A_MINUTE + " h " + minutes % SECONDS_OF_A_MINUTE + " min";
    }
}
