package io.jenkins.plugins.spectropack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import io.jenkins.plugins.spectropack.sandbox.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a registry holds after a run, and what the run said, in words that do not change from run to run. */
final class RegistryState {

    static final String ARCHIVE = "acme/spectro-packs/archive";
    static final String REPOSITORY = ARCHIVE + "/sample";

    private RegistryState() {}

    /** What the pack's tag points to. */
    static Optional<String> tag(EcrSandbox sandbox) {
        return sandbox.repository(REPOSITORY)
                .map(found -> sandbox.tags(REPOSITORY).get("1.0.0"));
    }

    /** Every tag of every repository points to a manifest whose blobs are all there, with the size that it says. */
    static void assertWhole(EcrSandbox sandbox) throws IOException {
        for (Repository repository : sandbox.repositories()) {
            for (Map.Entry<String, String> tag : sandbox.tags(repository.name()).entrySet()) {
                JsonNode manifest = JsonMapper.shared()
                        .readTree(sandbox.manifest(repository.name(), tag.getValue())
                                .orElseThrow());
                List<JsonNode> blobs = new ArrayList<>(List.of(manifest.path("config")));
                manifest.path("layers").forEach(blobs::add);
                assertThat(blobs).hasSize(2);
                for (JsonNode blob : blobs) {
                    Path file =
                            sandbox.blob(repository.name(), blob.path("digest").stringValue());
                    assertThat(Files.size(file)).isEqualTo(blob.path("size").longValue());
                }
            }
        }
    }

    /** How a run ended. */
    static String end(CommandRun run) {
        String result = run.out()
                .lines()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .sorted()
                .collect(Collectors.joining(", "));
        return "exit " + run.code() + (result.isEmpty() ? "" : ", " + result);
    }

    /** The retries and the reasons that a run told. */
    static String said(CommandRun run, EcrSandbox sandbox, Path folder) {
        return run.err()
                .lines()
                .filter(line -> line.contains("Trying again in")
                        || line.contains("FAILED")
                        || line.contains("could not be looked up")
                        || line.startsWith("ERROR")
                        || line.startsWith("Error: ") && !line.endsWith("Nothing was sent."))
                .map(line -> line.replace(sandbox.registryHost(), "HOST")
                        .replace("ECR at " + sandbox.endpoint().getAuthority(), "ECR")
                        .replace(sandbox.endpoint().getAuthority(), "ECR")
                        .replace(REPOSITORY, "REPO")
                        .replace(folder.resolve("my-pack").toString(), "PACK")
                        .replace(folder.toString(), "FOLDER")
                        .replaceAll("127\\.0\\.0\\.1:[0-9]+", "OTHER")
                        .replaceAll("sha256:[0-9a-f]{64}", "sha256:…")
                        .replaceAll("in [0-9.]+ s \\(retry", "in T s (retry"))
                .collect(Collectors.joining("\n"));
    }
}
