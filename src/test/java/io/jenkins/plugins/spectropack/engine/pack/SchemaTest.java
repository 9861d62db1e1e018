package io.jenkins.plugins.spectropack.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The rules for {@code pack.json} and {@code pack.schema.json} say the same: they find fault with the same values. The schema
 * cannot say how much it matters, what lies beside the file, nor which unknown key is almost a known one.
 */
class SchemaTest {

    private static final Set<Rule> BEYOND =
            EnumSet.of(Rule.VERSION_FORM, Rule.FILE_MISSING, Rule.MISSPELLED_KEY, Rule.NOTHING_DEPLOYED);

    private static final Schema SCHEMA = schema();

    @TempDir
    private Path temp;

    private static Schema schema() {
        InputStream stream = PackChecker.class.getResourceAsStream("pack.schema.json");
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(stream);
    }

    static List<TestPack> packs() {
        Stream<TestPack> corpus = CorpusPacks.all().stream().map(CorpusPacks.Shape::pack);
        Stream<TestPack> broken = BrokenPacks.all().stream().map(one -> {
            TestPack pack = new TestPack();
            one.change().accept(pack);
            return pack;
        });
        Stream<TestPack> more = Stream.of(
                new TestPack().json("{}"),
                new TestPack().json("{'name': null, 'displayName': 1, 'version': ' ', 'layer': []}"),
                new TestPack().set("addonType", "null"),
                new TestPack().set("addonType", "''"),
                new TestPack().set("cloudType", "['aws']"),
                new TestPack().set("charts", "{'a': 'charts/hello-1.0.0.tgz'}"),
                new TestPack().set("charts", "[null, 1, 'a/../b', 'a..b', '..', ' ']"),
                new TestPack().set("constraints", "{'dependencies': [{'packName': ' ', 'layer': null, 'type': 1}]}"),
                new TestPack().set("constraints", "{'resources': [{'components': [1, {'scheduleType': null}]}]}"));
        return Stream.of(corpus, broken, more).flatMap(packs -> packs).toList();
    }

    @ParameterizedTest
    @MethodSource("packs")
    void rulesAndSchemaAgree(TestPack pack) throws Exception {
        Path folder = pack.write(temp.resolve("pack"));

        List<Error> errors = SCHEMA.validate(pack.json(), InputFormat.JSON);

        Set<String> bySchema = errors.stream()
                .map(error -> error.getInstanceLocation().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> byRules = PackChecker.check(folder, Validation.STANDARD).findings().stream()
                .filter(finding -> finding.pointer() != null && !BEYOND.contains(finding.rule()))
                .map(Finding::pointer)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(byRules).as(errors + "\n" + pack.json()).isEqualTo(bySchema);
    }
}
