package io.jenkins.plugins.spectropack.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What packs Palette finds below a base of a registry: their names, with their versions. */
final class PaletteContent {

    private static final String NAMESPACE = "spectro-packs/archive/";

    private PaletteContent() {}

    static Map<String, Set<String>> of(EcrSandbox ecr, String basePath) {
        return of(ecr.repositories().stream().map(Repository::name).toList(), ecr::tags, basePath);
    }

    static Map<String, Set<String>> of(OciSandbox oci, String basePath) {
        return of(oci.repositories(), oci::tags, basePath);
    }

    @FunctionalInterface
    private interface Tags {
        Map<String, String> of(String repository);
    }

    private static Map<String, Set<String>> of(List<String> repositories, Tags tags, String basePath) {
        String prefix = basePath + "/" + NAMESPACE;
        Map<String, Set<String>> content = new HashMap<>();
        repositories.stream()
                .filter(repository -> repository.startsWith(prefix))
                .forEach(repository -> content.put(
                        repository.substring(prefix.length()),
                        Set.copyOf(tags.of(repository).keySet())));
        return content;
    }
}
