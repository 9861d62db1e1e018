package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.engine.pack.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/writing-packs.md names each key and word of {@code pack.json} that the rules know. */
class WritingPacksTest {

    private static JsonNode schema() throws IOException {
        try (InputStream stream = Rule.class.getResourceAsStream("pack.schema.json")) {
            return JsonMapper.shared().readTree(stream);
        }
    }

    private static void collect(JsonNode node, List<String> words) {
        node.path("properties").propertyNames().forEach(words::add);
        node.path("enum")
                .valueStream()
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .forEach(words::add);
        node.forEach(inner -> collect(inner, words));
    }

    @Test
    void guideNamesWhatTheSchemaNames() throws IOException {
        String guide = Files.readString(Project.ROOT.resolve("docs/writing-packs.md"));
        List<String> words = new ArrayList<>();
        collect(schema(), words);

        assertThat(words).contains("constraints", "scheduleType", "load balancer", "edge-native");
        assertThat(words.stream()
                        .filter(word -> !guide.contains("`" + word + "`")
                                && !guide.contains("." + word + "`")
                                && !guide.contains("`" + word + ".")))
                .isEmpty();
    }
}
