package io.jenkins.plugins.spectropack.engine.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.util.Progress;
import io.jenkins.plugins.spectropack.engine.util.Progress.Activity;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The line that says what is under way, at times that the test makes, and how it comes into a log. */
class ProgressReportTest {

    private static final int WIDE = 200;
    private static final long MEGABYTE = 1_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final ProgressReport report = new ProgressReport(nanos::get);

    private void pass(long millis) {
        nanos.addAndGet(millis * 1_000_000);
    }

    private void upload(String pack, long done, long total) {
        report.update(new Progress(Activity.UPLOADING, pack, done * MEGABYTE, total * MEGABYTE));
    }

    @Test
    void nothingIsSaidWhereNothingIsUnderWay() {
        assertThat(report.line(WIDE)).isEmpty();
        upload("a:1", 0, 10);
        upload("a:1", 10, 10);
        assertThat(report.line(WIDE)).isEmpty();
        assertThat(report.isEmpty()).isTrue();
    }

    @Test
    void speedAndTimeLeftAreToldOnceTheyAreKnown() {
        upload("a:1", 0, 100);
        assertThat(report.line(WIDE)).contains("Uploading a:1: 0% of 100 MB");
        pass(1000);
        upload("a:1", 10, 100);
        assertThat(report.line(WIDE)).contains("Uploading a:1: 10% of 100 MB, 10 MB/s, 9 s left");
        pass(1000);
        upload("a:1", 40, 100);
        assertThat(report.line(WIDE)).contains("Uploading a:1: 40% of 100 MB, 20 MB/s, 3 s left");
    }

    @Test
    void whatStandsStillGetsSlower() {
        upload("a:1", 0, 100);
        pass(1000);
        upload("a:1", 10, 100);
        pass(4000);

        assertThat(report.line(WIDE)).contains("Uploading a:1: 10% of 100 MB, 2.0 MB/s, 45 s left");
    }

    @Test
    void oneThatStartsOverIsNotTakenForSpeed() {
        upload("a:1", 0, 100);
        pass(1000);
        upload("a:1", 50, 100);
        upload("a:1", 0, 100);
        pass(1000);
        upload("a:1", 10, 100);

        assertThat(report.line(WIDE)).contains("Uploading a:1: 10% of 100 MB, 30 MB/s, 3 s left");
    }

    @Test
    void severalAreToldTogetherWithHowManyPacksHaveEnded() {
        report.begins(5);
        upload("a:1", 5, 10);
        upload("b:1", 0, 10);
        report.update(new Progress(Activity.ARCHIVING, "c:1", MEGABYTE, 4 * MEGABYTE));
        assertThat(report.line(WIDE)).contains("Uploading 2 packs: 25% of 20 MB; Archiving c:1: 25% of 4.0 MB");
        report.ended();

        assertThat(report.line(WIDE)).contains("[1/5] Uploading 2 packs: 25% of 20 MB; Archiving c:1: 25% of 4.0 MB");
    }

    @Test
    void checkingAndWaitingAreToldInTheirOwnWords() {
        report.update(new Progress(Activity.CHECKING, "packs", 3, 220));
        assertThat(report.line(WIDE)).contains("Checking 3 of 220 packs");
        report.update(Progress.end(Activity.CHECKING, "packs"));

        report.update(new Progress(Activity.WAITING, "registry 'my-ecr' in Palette", 0, 600));
        pass(95_000);
        assertThat(report.line(WIDE))
                .contains("Waiting for registry 'my-ecr' in Palette: 1 min 35 s of 10 min at most");
    }

    @ParameterizedTest
    @ValueSource(ints = {79, 60, 39, 30, 20, 10})
    void lineFitsTheTerminal(int width) {
        report.begins(220);
        report.ended();
        String name = "a-pack-with-quite-a-long-name-that-somebody-liked:1.0.0-rc.1";
        for (Activity activity : Activity.values()) {
            report.update(new Progress(activity, name, 0, 1000 * MEGABYTE));
            pass(1000);
            report.update(new Progress(activity, name, 100 * MEGABYTE, 1000 * MEGABYTE));

            assertThat(report.line(width))
                    .hasValueSatisfying(line ->
                            assertThat(line).hasSizeLessThanOrEqualTo(width).startsWith("[1/220]"));
            report.update(Progress.end(activity, name));
        }
    }

    @Test
    void nameGivesWayBeforeTheFigures() {
        upload("a-pack-with-quite-a-long-name:1.0.0", 0, 100);
        pass(1000);
        upload("a-pack-with-quite-a-long-name:1.0.0", 10, 100);

        assertThat(report.line(62)).contains("Uploading a-pack-with-qui...: 10% of 100 MB, 10 MB/s, 9 s left");
        assertThat(report.line(39)).contains("Uploading a-pack-with-quite-a-l...: 10%");
    }

    @Test
    void logTellsNowAndThenWhatIsUnderWay() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        try (ProgressLog log = new ProgressLog(lines::add, Duration.ofMillis(20))) {
            log.progress(new Progress(Activity.UPLOADING, "a:1", 5, 10));

            assertThat(List.of(lines.poll(20, TimeUnit.SECONDS), lines.poll(20, TimeUnit.SECONDS)))
                    .allSatisfy(line -> assertThat(line)
                            .startsWith("Uploading a:1: 50% of 10 bytes")
                            .endsWith("."));
        }
    }

    @Test
    void logLeavesItToWhomeverShowsItself() {
        BlockingQueue<Progress> shown = new LinkedBlockingQueue<>();
        PublishListener screen = new PublishListener() {
            @Override
            public void log(String line) {
                throw new AssertionError(line);
            }

            @Override
            public boolean showsProgress() {
                return true;
            }

            @Override
            public void progress(Progress progress) {
                shown.add(progress);
            }
        };
        Progress half = new Progress(Activity.UPLOADING, "a:1", 5, 10);
        try (ProgressLog log = new ProgressLog(screen, Duration.ofMillis(1))) {
            log.progress(half);
        }

        assertThat(shown).containsExactly(half);
    }
}
