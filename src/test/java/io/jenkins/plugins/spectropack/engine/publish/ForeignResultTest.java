package io.jenkins.plugins.spectropack.engine.publish;

import static io.jenkins.plugins.spectropack.engine.publish.ForgedResults.finding;
import static io.jenkins.plugins.spectropack.engine.publish.ForgedResults.forge;
import static io.jenkins.plugins.spectropack.engine.publish.ForgedResults.listed;
import static io.jenkins.plugins.spectropack.engine.publish.ForgedResults.pack;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.spectropack.engine.pack.Finding;
import io.jenkins.plugins.spectropack.engine.pack.PackChecker;
import io.jenkins.plugins.spectropack.engine.pack.Rule;
import io.jenkins.plugins.spectropack.engine.palette.PaletteStatus;
import io.jenkins.plugins.spectropack.engine.util.ForeignText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a machine answers that is not trusted: whatever it puts into the fields, the copy is fit for a build's page and its file. */
class ForeignResultTest {

    @Test
    void copyOfAnHonestResultIsTheSame() {
        PublishResult result = PublishResult.of(List.of(pack()), List.of(finding()));

        PublishResult copy = PublishResult.copyOf(result);

        assertThat(copy.end()).isEqualTo(PublishResult.End.PUBLISHED);
        assertThat(copy.packs().get(0).toMap()).isEqualTo(pack().toMap());
        assertThat(copy.findings()).containsExactly(finding());
        assertThat(copy.error()).isEmpty();
    }

    @Test
    void textsAreOneLineAndOfBoundedLength() throws Exception {
        String hostile = "x\n[Pipeline] // node\nFinished: SUCCESS\u001b[8m" + "y".repeat(5_000_000);
        PublishedPack pack = forge(pack(), "name", hostile);
        forge(pack, "error", hostile);
        forge(pack, "host", hostile);
        PackFinding finding = forge(finding(), "message", hostile);
        forge(finding, "line", -1);
        PublishResult result = forge(PublishResult.of(List.of(pack), List.of(finding)), "error", hostile);

        PublishResult copy = PublishResult.copyOf(result);

        assertThat(List.of(
                        copy.packs().get(0).getName(),
                        copy.packs().get(0).getError(),
                        copy.packs().get(0).getReference(),
                        copy.findings().get(0).getMessage(),
                        copy.error().orElseThrow()))
                .allSatisfy(text -> {
                    assertThat(text).startsWith("x\\u000A[Pipeline]").doesNotContain("\n", "\u001b");
                    assertThat(text.length()).isLessThan(30_000);
                });
        assertThat(copy.findings().get(0).getLine()).isNull();
    }

    @Test
    void recordMakesTheSameAgain() {
        PublishedPack overwritten = new PublishedPackBuilder()
                .folder("packs/sample")
                .pack("sample", "1.0.0")
                .destination("registry.example.com", "acme/spectro-packs/archive/sample")
                .digest("sha256:" + "b".repeat(64))
                .replaces("sha256:" + "c".repeat(64))
                .ended(PublishedPack.Status.OVERWRITTEN)
                .withPaletteStatus(PaletteStatus.LISTED);
        PublishedPack invalid = new PublishedPackBuilder().folder("packs/x").failed("There is no pack.json.");

        assertThat(List.of(pack(), overwritten, invalid))
                .allSatisfy(pack -> assertThat(
                                KeptValues.pack(KeptValues.of(pack)::get).toMap())
                        .isEqualTo(pack.toMap()));
        assertThat(KeptValues.finding(KeptValues.of(finding())::get)).isEqualTo(finding());
        assertThat(KeptValues.of(pack())).doesNotContainKeys("reference", "archiveName");
    }

    @Test
    void recordOfAnotherVersionIsReadAsFarAsItGoes() {
        Map<String, String> foreign = Map.of("status", "GREEN", "size", "many", "palette", "BLUE");

        PublishedPack pack = KeptValues.pack(foreign::get);

        assertThat(pack.getStatus()).isEqualTo("GREEN");
        assertThat(pack.isInRegistry()).isFalse();
        assertThat(pack.getArchiveSize()).isNull();
        assertThat(pack.getReference()).isNull();
        assertThat(KeptValues.finding(Map.of("line", "x")::get).getLine()).isNull();
    }

    @Test
    void whatTheEngineNeverMakesIsRefused() throws Exception {
        List<Object> foreign = new ArrayList<>(List.of("no pack"));
        assertThatThrownBy(() -> PublishedPack.copyOf(forge(pack(), "status", null), new ForeignText()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PublishedPack.copyOf(forge(pack(), "status", "GREEN"), new ForeignText()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PublishedPack.copyOf(forge(pack(), "paletteStatus", "GREEN"), new ForeignText()))
                .isInstanceOf(IllegalArgumentException.class);
        for (String needed : List.of("name", "version", "host", "repository")) {
            assertThatThrownBy(() -> PublishedPack.copyOf(forge(pack(), needed, null), new ForeignText()))
                    .as(needed)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        PublishedPack failed = new PublishedPackBuilder().folder("packs/x").failed("There is no pack.json.");
        assertThatThrownBy(() -> PublishedPack.copyOf(forge(failed, "error", null), new ForeignText()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PublishedPack.copyOf(null, new ForeignText()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PackFinding.copyOf(forge(finding(), "severity", null), new ForeignText()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        PublishResult.copyOf(forge(PublishResult.of(List.of(pack()), List.of()), "packs", foreign)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        PublishResult.copyOf(forge(PublishResult.of(List.of(pack()), List.of()), "findings", null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PublishResult.copyOf(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneLongTextThatIsNamedOverAndOverIsRefused() throws Exception {
        PublishedPack pack = forge(pack(), "error", "y".repeat(1_000_000));
        PackFinding finding = forge(finding(), "message", "y".repeat(1_000_000));

        assertThatThrownBy(() -> PublishResult.copyOf(PublishResult.of(Collections.nCopies(50_000, pack), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("It holds more than 33,554,432 characters.");
        assertThatThrownBy(
                        () -> PublishResult.copyOf(PublishResult.of(Collections.nCopies(200_000, pack()), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("It names 200000 things where at most 100000 are.");
        assertThatThrownBy(() ->
                        PublishResult.copyOf(PublishResult.of(List.of(), Collections.nCopies(1_000_000, finding))))
                .isInstanceOf(IllegalArgumentException.class);
        ForeignText told = new ForeignText();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        PublishedPack.copyOf(pack, told);
                    }
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatBecameOfVersionsIsCopiedAndRefusedLikewise() throws Exception {
        RetiredPack retired = new RetiredPack(listed(), RetiredPack.Status.RETIRED, "it was named");
        RetireResult copy = RetireResult.copyOf(new RetireResult(List.of(retired), "One is still there."));
        assertThat(copy.packs().get(0).toMap()).isEqualTo(retired.toMap());
        assertThat(copy.error()).contains("One is still there.");
        ListResult list = ListResult.copyOf(new ListResult(List.of(listed()), null));
        assertThat(list.packs().get(0).toMap()).isEqualTo(listed().toMap());
        assertThat(list.error()).isEmpty();

        String hostile = "x\nFinished: SUCCESS" + "y".repeat(100_000);
        assertThat(RetiredPack.copyOf(forge(retired, "reason", hostile), new ForeignText())
                        .getReason())
                .startsWith("x\\u000AFinished")
                .hasSizeLessThan(30_000);
        assertThat(ListResult.copyOf(new ListResult(List.of(forge(listed(), "name", hostile)), hostile))
                        .packs()
                        .get(0)
                        .getName())
                .startsWith("x\\u000AFinished")
                .hasSizeLessThan(30_000);
        List<Object> foreign = new ArrayList<>(List.of("no pack"));
        assertThatThrownBy(() -> RetiredPack.copyOf(forge(retired, "status", "GREEN"), new ForeignText()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetireResult.copyOf(forge(new RetireResult(List.of(), null), "packs", foreign)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ListResult.copyOf(forge(new ListResult(List.of(), null), "packs", foreign)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ListResult.copyOf(new ListResult(List.of(forge(listed(), "reference", null)), null)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ListResult.copyOf(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RetireResult.copyOf(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void checkIsCopiedAndForgeriesAreRefused() throws Exception {
        CheckedPack checked = new CheckedPack(
                "packs/x",
                new PackChecker.Result(
                        Path.of("packs/x"),
                        Optional.empty(),
                        List.of(Finding.of(Rule.UNIQUE_VERSION, "pack.json", "Twice."))));
        ValidateResult result = new ValidateResult(List.of(checked), List.of(finding()), "1 pack checked.", "Bad.");

        ValidateResult copy = ValidateResult.copyOf(result);

        assertThat(copy.packs().get(0).toMap()).isEqualTo(checked.toMap());
        assertThat(copy.findings()).containsExactly(finding());
        assertThat(copy.summary()).isEqualTo("1 pack checked.");
        assertThat(copy.error()).contains("Bad.");
        assertThat(ValidateResult.copyOf(forge(result, "summary", "a\nFinished: SUCCESS"))
                        .summary())
                .isEqualTo("a\\u000AFinished: SUCCESS");
        assertThatThrownBy(() -> ValidateResult.copyOf(forge(result, "packs", new ArrayList<>(List.of("no pack")))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ValidateResult.copyOf(null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyFindingsAreComparedInNoTime() {
        List<PackFinding> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(new PackFinding("my-pack/" + i, Finding.of(Rule.UNIQUE_VERSION, "pack.json", "Number " + i)));
        }
        many.addAll(many.subList(0, 1000));

        assertThat(many.stream().distinct().count()).isEqualTo(100_000);
    }

    @Test
    void packThatWasSentBeforeTheRunStartedOverCountsAsSent() {
        PublishedPack again = new PublishedPackBuilder()
                .pack("sample", "1.0.0")
                .destination("registry.example.com", "acme/spectro-packs/archive/sample")
                .digest("sha256:" + "b".repeat(64))
                .ended(PublishedPack.Status.UNCHANGED);
        PublishedPack other = new PublishedPackBuilder()
                .pack("sample", "1.0.0")
                .destination("registry.example.com", "acme/spectro-packs/archive/sample")
                .digest("sha256:" + "c".repeat(64))
                .ended(PublishedPack.Status.UNCHANGED);

        assertThat(again.after(pack()).getStatus()).isEqualTo("PUBLISHED");
        assertThat(other.after(pack()).getStatus()).isEqualTo("UNCHANGED");
        assertThat(again.after(again).getStatus()).isEqualTo("UNCHANGED");
    }
}
