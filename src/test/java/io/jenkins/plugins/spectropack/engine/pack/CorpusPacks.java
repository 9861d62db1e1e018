package io.jenkins.plugins.spectropack.engine.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Packs of every shape that the packs in Palette's public registry have: each key, type and oddity seen there, made up anew.
 * Whatever they hold, Palette takes, so none of it may be an error.
 */
public final class CorpusPacks {

    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F'};

    private CorpusPacks() {}

    /**
     * A pack.
     *
     * @param what is special about it
     * @param pack the pack
     * @param warnings what is doubtful about it
     */
    public record Shape(String what, TestPack pack, List<Rule> warnings) {

        @Override
        public String toString() {
            return what;
        }
    }

    /** All shapes. */
    public static List<Shape> all() {
        List<Shape> shapes = new ArrayList<>();
        for (String layer : VocabularyRules.LAYERS) {
            add(shapes, "layer " + layer, pack -> pack.set("layer", "'" + layer + "'"));
        }
        for (String type : VocabularyRules.ADDON_TYPES) {
            add(shapes, "addonType " + type, pack -> pack.set("addonType", "'" + type + "'"));
        }
        for (String cloud : VocabularyRules.CLOUD_TYPES) {
            add(shapes, "cloudTypes " + cloud, pack -> pack.set("cloudTypes", "['eks', '" + cloud + "']"));
        }
        for (String version :
                List.of("1.0.0", "0.30.0-5.5.2026", "1.5", "v1.1.0", "v1.8.7", "2.0.2-up.3", "1.0.0-rc.1")) {
            add(shapes, "version " + version, pack -> pack.set("version", "'" + version + "'"));
        }
        for (String name : List.of("argo-cd", "a.b_c-d", "k10", "2048")) {
            add(shapes, "name " + name, pack -> pack.set("name", "'" + name + "'"));
        }
        keys(shapes);
        constraints(shapes);
        contents(shapes);
        values(shapes);
        presentation(shapes);
        return shapes;
    }

    private static void add(List<Shape> shapes, String what, Consumer<TestPack> change, Rule... warnings) {
        TestPack pack = new TestPack();
        change.accept(pack);
        shapes.add(new Shape(what, pack, List.of(warnings)));
    }

    private static void keys(List<Shape> shapes) {
        add(
                shapes,
                "the least",
                pack -> pack.json("{'name': 'a', 'displayName': 'A', 'version': '1.0.0', 'layer': 'cni'}"));
        add(
                shapes,
                "cloudType instead of cloudTypes",
                pack -> pack.unset("cloudTypes").set("cloudType", "'vsphere'"));
        add(shapes, "group and eol", pack -> pack.set("group", "''").set("eol", "'2027-01-01'"));
        add(shapes, "empty eol", pack -> pack.set("group", "'storage'").set("eol", "''"));
        add(shapes, "addonSubType", pack -> pack.set("addonSubType", "'tracing'"));
        add(
                shapes,
                "keys that nobody documented",
                pack -> pack.set("ansibleRoles", "[]")
                        .set("commit_msg", "'first'")
                        .set("kubeVersion", "'>=1.20'")
                        .set("readme", "'README.md'")
                        .set("future", "{'deep': [1, null, true]}"));
        add(
                shapes,
                "annotations",
                pack -> pack.set(
                        "annotations",
                        "{'source': 'community', 'contributor': 'somebody', 'docsURL': 'https://example.com/a?b=c#d',"
                                + " 'ingressSupported': 'false', 'commit_msg': '', 'prerequisitesRequired': 'true',"
                                + " 'system_state': '{\\\"a\\\": 1}'}"));
        add(shapes, "no annotations", pack -> pack.unset("annotations"));
        add(shapes, "no clouds", pack -> pack.set("cloudTypes", "[]"));
        add(shapes, "empty pack", pack -> pack.set("charts", "[]").set("kubeManifests", "[]"));
        add(
                shapes,
                "null where a key may be missing",
                pack -> pack.set("charts", "null")
                        .set("annotations", "null")
                        .set("constraints", "null")
                        .set("group", "null"));
    }

    private static void constraints(List<Shape> shapes) {
        add(
                shapes,
                "dependencies",
                pack -> pack.set(
                        "constraints",
                        "{'dependencies': [{'packName': 'kubernetes', 'layer': 'k8s', 'type': 'required', 'minVersion': '1.20',"
                                + " 'maxVersion': ''}, {'packName': 'b', 'layer': 'addon', 'type': 'optional'},"
                                + " {'packName': 'c', 'layer': 'csi', 'type': 'notSupported', 'minVersion': '', 'maxVersion': '2.0.0'},"
                                + " {'packName': 'd', 'layer': 'addon', 'type': 'upgrade', 'minVersion': '1.0.0'}]}"));
        add(
                shapes,
                "a dependency without a type",
                pack -> pack.set("constraints", "{'dependencies': [{'packName': 'a', 'layer': 'k8s'}]}"),
                Rule.CONSTRAINTS);
        add(
                shapes,
                "resources",
                pack -> pack.set(
                        "constraints",
                        "{'resources': [{'type': 'cpu', 'minLimit': 2000, 'components': [{'scheduleType': 'all',"
                                + " 'resourceRequestParamRef': 'requestCpu', 'replicaCountParamRef': 'replicas'},"
                                + " {'scheduleType': 'control-plane'}, {'scheduleType': 'worker'}]},"
                                + " {'type': 'memory', 'minLimit': 1.5}, {'type': 'diskSize', 'minLimit': 0, 'components': []}]}"));
        add(shapes, "empty constraints", pack -> pack.set("constraints", "{'dependencies': [], 'resources': []}"));
    }

    private static void contents(List<Shape> shapes) {
        add(
                shapes,
                "chart under another name",
                pack -> pack.file("charts/other.tgz", Charts.helm("hello")).set("charts", "['./charts/other.tgz']"));
        add(
                shapes,
                "several charts",
                pack -> pack.file("charts/b-1.tgz", Charts.helm("b"))
                        .set("charts", "['charts/hello-1.0.0.tgz', 'charts/b-1.tgz']")
                        .file("values.yaml", "charts:\n  hello: {}\n  b: {}\n"));
        add(
                shapes,
                "unpacked chart beside its archive",
                pack -> pack.file("charts/hello/Chart.yaml", "name: hello\n")
                        .file("charts/hello/templates/a.yaml", "{{- if .Values.a }}\nkind: A\n{{- end }}\n")
                        .file("charts/hello/.helmignore", "*.md\n"));
        add(
                shapes,
                "templated manifest",
                pack -> pack.file(
                        "manifests/config.yaml",
                        "{{- range .nodes }}\nkind: ConfigMap\nname: {{ .name | quote }}\n\tkind: twice\n{{- end }}\n"));
        add(
                shapes,
                "several documents",
                pack -> pack.file("manifests/config.yaml", "---\nkind: A\n---\n# nothing\n---\nkind: B\n...\n"));
        add(shapes, "empty manifest", pack -> pack.file("manifests/config.yaml", ""));
        add(
                shapes,
                "Windows line ends and a byte order mark",
                pack -> pack.file("manifests/config.yaml", "\uFEFFkind: A\r\nmetadata:\r\n  name: b\r\n"));
        add(
                shapes,
                "anchors, merges and tags",
                pack -> pack.file(
                        "manifests/config.yaml",
                        "a: &a {b: 1}\nc:\n  <<: *a\nd: !!binary aGk=\ne: !Ref x\n? [1, 2]\n: key\n"));
        add(
                shapes,
                "later additions and other files",
                pack -> pack.file("schema.yaml", "a: {}\n")
                        .file("presets.yaml", "presets: []\n")
                        .file("test.sh", "true\n")
                        .file(".github/workflows/a.yml", "on: push\n")
                        .file("charts/NOTES.txt", "none\n"));
        add(shapes, "long path", pack -> pack.file("examples/" + "a".repeat(90) + "/" + "b".repeat(90), "c"));
    }

    private static void values(List<Shape> shapes) {
        add(shapes, "empty values", pack -> pack.file("values.yaml", ""));
        add(shapes, "comments only", pack -> pack.file("values.yaml", "# charts:\n"));
        add(shapes, "all that stands under pack", pack -> pack.file("values.yaml", """
                pack:
                  content:
                    images:
                      - image: docker.io/library/nginx:1.29
                    charts:
                      - repo: https://charts.example.com
                        name: hello
                        version: 1.0.0
                  namespace: "sample"
                  namespaceLabels:
                    "sample": "pod-security.kubernetes.io/enforce=privileged"
                  releaseNameOverride:
                    hello: greeting
                  spectrocloud.com/install-priority: "10"
                  spectrocloud.com/display-name: "Sample"
                charts:
                  hello: {}
                """));
        add(
                shapes,
                "macros",
                pack -> pack.file(
                        "values.yaml",
                        "pack:\n  a: \"{{.spectro.system.cluster.name}}\"\n  b: '{{ .spectro.var.name }}'\n"
                                + "  c: {{.spectro.var.bare}}\n"));
        add(
                shapes,
                "a macro that is no YAML yet",
                pack -> pack.file("values.yaml", "pack:\n  image: {{.spectro.var.registry}}/app\n"),
                Rule.VALUES_MACRO);
        add(
                shapes,
                "values that are a template",
                pack -> pack.file(
                        "values.yaml", "pack:\n{{- if .spectro.var.a }}\n  a: {{ .b }}:{{ .c }}\n  {{- end }}\n"),
                Rule.VALUES_MACRO);
        add(shapes, "keys of its own", pack -> pack.file("values.yaml", "global: {}\nreadinessCheck:\n  a: [b]\n"));
        add(
                shapes,
                "manifest within the values",
                pack -> pack.file(
                        "values.yaml", "manifests:\n  storageclass:\n    contents: |\n      kind: StorageClass\n"));
        add(
                shapes,
                "a chart's values one level too high",
                pack -> pack.file("values.yaml", "charts:\n  image: a\n  replicas: 1\n"),
                Rule.VALUES_KEY);
        add(
                shapes,
                "values for charts of a pack without any",
                pack -> pack.set("charts", "[]").set("kubeManifests", "[]"));
    }

    private static void presentation(List<Shape> shapes) {
        add(shapes, "no description", pack -> pack.without("README.md"), Rule.README_MISSING);
        add(shapes, "a JPEG as logo.png", pack -> pack.file("logo.png", JPEG), Rule.LOGO);
    }

    /** The name of a folder for a shape, which means nothing to Palette. */
    public static String folder(int number) {
        return String.format(Locale.ROOT, "folder-%03d", number);
    }
}
