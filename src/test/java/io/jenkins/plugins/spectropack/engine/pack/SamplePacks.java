package io.jenkins.plugins.spectropack.engine.pack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Packs for tests. */
public final class SamplePacks {

    private static final String PIXEL =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private SamplePacks() {}

    /** The text of a {@code pack.json} that nothing is wrong with. */
    public static String packJson(String name, String version) {
        return """
                {
                  "name": "%s",
                  "displayName": "Sample",
                  "version": "%s",
                  "layer": "addon",
                  "addonType": "logging",
                  "cloudTypes": ["all"],
                  "kubeManifests": ["manifests/config.yaml"]
                }
                """.formatted(name, version);
    }

    /** A PNG image. */
    static byte[] logo() {
        return Base64.getDecoder().decode(PIXEL);
    }

    /** Writes a small whole pack. */
    public static Path write(Path folder, String name, String version) throws IOException {
        Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(folder.resolve("pack.json"), packJson(name, version));
        Files.writeString(folder.resolve("values.yaml"), "pack:\n  namespace: sample\n");
        Files.writeString(folder.resolve("README.md"), "# Sample\n");
        Files.write(folder.resolve("logo.png"), logo());
        Files.writeString(
                folder.resolve("manifests/config.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: sample\n");
        return folder;
    }

    /** Checks a pack that must be valid. */
    public static Pack check(Path folder) throws IOException, InterruptedException {
        PackChecker.Result result = PackChecker.check(folder, Validation.STANDARD);
        return result.pack()
                .orElseThrow(() -> new AssertionError(result.findings().toString()));
    }
}
