package io.jenkins.plugins.spectropack.engine.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The manifests: what a cluster takes. Some published ones are Go templates, which can look like anything. */
final class ManifestRules {

    /** What a build tool reads and no cluster takes. */
    private static final String KUSTOMIZE = "kustomize.config.k8s.io/";

    private ManifestRules() {}

    static void check(Inspection pack) {
        for (String path : ContentRules.manifests(pack)) {
            YamlRules.bytes(pack, path, Rule.MANIFEST).ifPresent(bytes -> check(pack, path, bytes));
        }
    }

    private static void check(Inspection pack, String path, byte[] bytes) {
        boolean isTemplate = YamlRules.isTemplate(bytes);
        try {
            YamlOutline outline = YamlOutline.of(bytes);
            if (!isTemplate) {
                YamlRules.doubts(pack, path, outline);
                objects(pack, path, outline.documents());
            }
        } catch (YamlProblem e) {
            if (!isTemplate) {
                pack.foundIn(path, e.line(), Rule.MANIFEST, e.getMessage());
            }
        }
    }

    private static void objects(Inspection pack, String path, List<YamlNode> documents) {
        if (documents.isEmpty()) {
            pack.foundIn(path, Rule.MANIFEST_OBJECT, "The file holds no Kubernetes object, so it deploys nothing.");
        }
        for (YamlNode document : documents) {
            lack(document)
                    .ifPresent(lack -> pack.foundIn(
                            path,
                            document.line(),
                            Rule.MANIFEST_OBJECT,
                            "What begins in line " + document.line() + " is no Kubernetes object: it " + lack + "."));
        }
    }

    private static Optional<String> lack(YamlNode document) {
        if (document.kind() == YamlNode.Kind.SCALAR || document.kind() == YamlNode.Kind.SEQUENCE) {
            return Optional.of("is " + document.kind().words());
        }
        if (document.text("apiVersion").startsWith(KUSTOMIZE)) {
            return Optional.of("is a kustomization, of which 'kubectl kustomize' makes objects");
        }
        List<String> missing = new ArrayList<>();
        for (String key : List.of("apiVersion", "kind")) {
            Optional<YamlNode> value = document.get(key);
            if (value.isEmpty() || value.get().kind() == YamlNode.Kind.NOTHING) {
                missing.add("no '" + key + "'");
            }
        }
        boolean judged = document.kind() == YamlNode.Kind.MAPPING && !document.mayHaveMoreKeys();
        return missing.isEmpty() || !judged ? Optional.empty() : Optional.of("has " + String.join(" and ", missing));
    }
}
