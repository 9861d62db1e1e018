package io.jenkins.plugins.spectropack.engine.pack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Packs that break a rule, and what users are told. */
public final class BrokenPacks {

    private static final int PACK_KEYS = 9;

    private BrokenPacks() {}

    /**
     * A pack that breaks a rule.
     *
     * @param what is wrong with it
     * @param change makes it so
     * @param finding all that is found
     */
    public record Case(String what, Consumer<TestPack> change, Finding finding) {

        @Override
        public String toString() {
            return finding.rule().id() + ": " + what;
        }
    }

    /** At least one for each rule that one pack can break. */
    public static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        keys(cases);
        vocabulary(cases);
        constraints(cases);
        contents(cases);
        yaml(cases);
        presentation(cases);
        return cases;
    }

    private static void json(
            List<Case> cases, Rule rule, String what, String pointer, int line, String message, String... keyAndValue) {
        cases.add(new Case(
                what,
                pack -> {
                    for (int i = 0; i < keyAndValue.length; i += 2) {
                        pack.set(keyAndValue[i], keyAndValue[i + 1]);
                    }
                },
                new Finding(rule, "pack.json", pointer, line, message)));
    }

    private static void file(
            List<Case> cases,
            Rule rule,
            String what,
            String file,
            int line,
            String message,
            Consumer<TestPack> change) {
        cases.add(new Case(what, change, new Finding(rule, file, null, line, message)));
    }

    private static void keys(List<Case> cases) {
        file(
                cases,
                Rule.PACK_JSON,
                "no JSON",
                "pack.json",
                2,
                "The file is not JSON (line 2, column 2): Unexpected end-of-input: expected close marker for Object.",
                pack -> pack.file("pack.json", "{\n "));
        json(
                cases,
                Rule.NAME,
                "no part of a repository's name",
                "/name",
                2,
                "The name 'Sample' cannot be part of a repository's name in ECR. Use lower-case letters and digits, with"
                        + " single '.', '_' or '-' between them.",
                "name",
                "'Sample'");
        json(
                cases,
                Rule.VERSION,
                "no tag",
                "/version",
                4,
                "The version '1.0.0+7' holds a '+', which semantic versions allow but OCI tags do not, and the version"
                        + " becomes the tag. Use '-' instead, for example 1.0.0-7.",
                "version",
                "'1.0.0+7'");
        cases.add(new Case(
                "no display name",
                pack -> pack.unset("displayName"),
                new Finding(Rule.REQUIRED_KEY, "pack.json", "", 1, "The key 'displayName' is missing.")));
        json(
                cases,
                Rule.REQUIRED_KEY,
                "null",
                "/displayName",
                3,
                "The key 'displayName' is missing.",
                "displayName",
                "null");
        json(cases, Rule.REQUIRED_KEY, "empty layer", "/layer", 5, "The value of 'layer' is empty.", "layer", "' '");
        json(
                cases,
                Rule.REQUIRED_KEY,
                "a number as layer",
                "/layer",
                5,
                "The value of 'layer' must be a string in quotes.",
                "layer",
                "7");
        json(
                cases,
                Rule.VALUE_TYPE,
                "a number as addonType",
                "/addonType",
                6,
                "The value of 'addonType' must be a string in quotes.",
                "addonType",
                "7");
        json(
                cases,
                Rule.VALUE_TYPE,
                "one cloud without an array",
                "/cloudTypes",
                7,
                "The value of 'cloudTypes' must be an array of strings, such as [\"all\"].",
                "cloudTypes",
                "'aws'");
        json(
                cases,
                Rule.VALUE_TYPE,
                "a number among the clouds",
                "/cloudTypes/1",
                7,
                "Element 2 of 'cloudTypes' must be a string in quotes.",
                "cloudTypes",
                "['aws', 7]");
        json(
                cases,
                Rule.VALUE_TYPE,
                "a list of annotations",
                "/annotations",
                8,
                "The value of 'annotations' must be an object of strings, from { to }.",
                "annotations",
                "['a']");
        json(
                cases,
                Rule.VALUE_TYPE,
                "a truth as annotation",
                "/annotations/a~1b",
                9,
                "The annotation 'a/b' must be a string in quotes.",
                "annotations",
                "{'a/b': true}");
        json(
                cases,
                Rule.VALUE_TYPE,
                "one chart without an array",
                "/charts",
                PACK_KEYS,
                "The value of 'charts' must be an array of strings, such as [\"charts/NAME-1.0.0.tgz\"].",
                "annotations",
                "null",
                "charts",
                "'charts/hello-1.0.0.tgz'");
        json(
                cases,
                Rule.VERSION_FORM,
                "a word as version",
                "/version",
                4,
                "The version 'latest' is not semantic, so Palette may not see which version is newer. Write one such as"
                        + " 1.2.3 or 1.2.3-rc.1.",
                "version",
                "'latest'");
    }

    private static void vocabulary(List<Case> cases) {
        json(
                cases,
                Rule.LAYER,
                "a typing error",
                "/layer",
                5,
                "The value 'adon' of 'layer' is not one that is known. The nearest is 'addon'; there are kernel, os, k8s,"
                        + " cni, csi, addon.",
                "layer",
                "'adon'");
        json(
                cases,
                Rule.ADDON_TYPE,
                "a typing error",
                "/addonType",
                6,
                "The value 'Loadbalancer' of 'addonType' is not one that is known. The nearest is 'load balancer'; there are"
                        + " logging, monitoring, load balancer, authentication, ingress, security, system app, ai, registry,"
                        + " app services, app-services, servicemesh.",
                "addonType",
                "'Loadbalancer'");
        cases.add(new Case(
                "none",
                pack -> pack.unset("addonType"),
                new Finding(
                        Rule.ADDON_TYPE_MISSING,
                        "pack.json",
                        "",
                        1,
                        "The key 'addonType' is missing, which add-ons should have. Add one of logging, monitoring, load"
                                + " balancer, authentication, ingress, security, system app, ai, registry, app services,"
                                + " app-services, servicemesh.")));
        String clouds = "; there are all, aws, azure, gcp, vsphere, openstack, baremetal, maas, aks, eks, tke, edge,"
                + " edge-native, coxedge, libvirt, custom.";
        json(
                cases,
                Rule.CLOUD_TYPE,
                "a typing error",
                "/cloudTypes/1",
                7,
                "The value 'vmsphere' of 'cloudTypes' is not one that is known. The nearest is 'vsphere'" + clouds,
                "cloudTypes",
                "['aws', 'vmsphere']");
        json(
                cases,
                Rule.CLOUD_TYPE,
                "the older key",
                "/cloudType",
                13,
                "The value 'AWS' of 'cloudType' is not one that is known. The nearest is 'aws'" + clouds,
                "cloudType",
                "'AWS'");
    }

    private static void constraints(List<Case> cases) {
        constraint(cases, "a list", "", 13, "The value of 'constraints' must be an object, from { to }.", "[]");
        constraint(
                cases,
                "no list of dependencies",
                "/dependencies",
                14,
                "The value of 'dependencies' must be an array of objects.",
                "{'dependencies': {}}");
        constraint(
                cases,
                "a name as dependency",
                "/dependencies/0",
                14,
                "Element 1 of 'dependencies' must be an object, from { to }.",
                "{'dependencies': ['a']}");
        constraint(
                cases,
                "no name",
                "/dependencies/0",
                14,
                "The key 'packName' is missing in constraints/dependencies/0.",
                "{'dependencies': [{'layer': 'addon', 'type': 'required'}]}");
        constraint(
                cases,
                "no type",
                "/dependencies/0",
                14,
                "The key 'type' is missing in constraints/dependencies/0. It is one of required, optional, notSupported,"
                        + " upgrade.",
                "{'dependencies': [{'packName': 'a', 'layer': 'addon'}]}");
        constraint(
                cases,
                "another type",
                "/dependencies/0/type",
                17,
                "The value of 'type' must be one of required, optional, notSupported, upgrade, but is \"needed\".",
                "{'dependencies': [{'packName': 'a', 'layer': 'addon', 'type': 'needed'}]}");
        constraint(
                cases,
                "a number as version",
                "/dependencies/0/minVersion",
                18,
                "The value of 'minVersion' must be a string in quotes.",
                "{'dependencies': [{'packName': 'a', 'layer': 'addon', 'type': 'upgrade', 'minVersion': 1.5}]}");
        constraint(
                cases,
                "another resource",
                "/resources/0/type",
                15,
                "The value of 'type' must be one of cpu, memory, diskSize, but is \"gpu\".",
                "{'resources': [{'type': 'gpu'}]}");
        constraint(
                cases,
                "words as limit",
                "/resources/0/minLimit",
                16,
                "The value of 'minLimit' must be a number.",
                "{'resources': [{'type': 'cpu', 'minLimit': '2 cores'}]}");
        constraint(
                cases,
                "another place",
                "/resources/0/components/0/scheduleType",
                17,
                "The value of 'scheduleType' must be one of all, control-plane, worker, but is \"master\".",
                "{'resources': [{'type': 'cpu', 'components': [{'scheduleType': 'master'}]}]}");
    }

    private static void constraint(
            List<Case> cases, String what, String pointer, int line, String message, String value) {
        json(cases, Rule.CONSTRAINTS, what, "/constraints" + pointer, line, message, "constraints", value);
    }

    private static void contents(List<Case> cases) {
        path(cases, "out of the pack", "../hello.tgz", "holds '..'.");
        path(cases, "absolute", "/charts/hello.tgz", "is absolute.");
        path(cases, "with a drive", "C:charts/hello.tgz", "is absolute.");
        path(cases, "of Windows", "charts\\\\hello.tgz", "holds a '\\'.");
        path(cases, "empty", "", "is empty.");
        cases.add(new Case(
                "no such chart",
                pack -> pack.set("charts", "['charts/hello-1.0.1.tgz']"),
                new Finding(
                        Rule.FILE_MISSING,
                        "pack.json",
                        "/charts/0",
                        11,
                        "There is no file 'charts/hello-1.0.1.tgz' in the pack, but 'charts' names it. Add the file, or mend"
                                + " the path; the nearest that there is: 'charts/hello-1.0.0.tgz'.")));
        cases.add(new Case(
                "an unpacked chart",
                pack -> pack.file("charts/hello/Chart.yaml", "name: hello\n").set("charts", "['charts/hello']"),
                new Finding(
                        Rule.FILE_MISSING,
                        "pack.json",
                        "/charts/0",
                        11,
                        "'charts/hello' in 'charts' is a folder. Name a file: a chart as 'helm package' writes it.")));
        cases.add(new Case(
                "no such manifest, by the key of the documentation's table",
                pack -> pack.unset("kubeManifests").set("KubeManifests", "['manifests/other.yaml']"),
                new Finding(
                        Rule.FILE_MISSING,
                        "pack.json",
                        "/KubeManifests/0",
                        12,
                        "There is no file 'manifests/other.yaml' in the pack, but 'KubeManifests' names it. Add the file, or"
                                + " mend the path; the nearest that there is: 'manifests/config.yaml'.")));
        String chart = "charts/hello-1.0.0.tgz";
        file(
                cases,
                Rule.CHART,
                "no archive",
                chart,
                0,
                "The file is not a chart: it is no gzip-compressed tar archive, or it is damaged (Not in GZIP format). Make it"
                        + " with 'helm package'.",
                pack -> pack.file(chart, "<html>Not found</html>"));
        file(
                cases,
                Rule.CHART,
                "cut off",
                chart,
                0,
                "The file is not a chart: it is no gzip-compressed tar archive, or it is damaged (Unexpected end of ZLIB input"
                        + " stream). Make it with 'helm package'.",
                pack -> pack.file(chart, Arrays.copyOf(Charts.helm("hello"), 150)));
        file(
                cases,
                Rule.CHART,
                "an archive of something else",
                chart,
                0,
                "The archive holds no CHART/Chart.yaml, so it is no Helm chart. Make it with 'helm package'.",
                pack -> pack.file(chart, Charts.archive(Map.of("Chart.yaml", "name: hello\n", "a/b/Chart.yaml", ""))));
    }

    private static void path(List<Case> cases, String what, String path, String problem) {
        cases.add(new Case(
                what,
                pack -> pack.set("charts", "['" + path + "']"),
                new Finding(
                        Rule.PATH,
                        "pack.json",
                        "/charts/0",
                        11,
                        "The path '" + path.replace("\\\\", "\\") + "' in 'charts' " + problem
                                + " Write it relative to the pack's folder, such as charts/NAME-1.0.0.tgz.")));
    }

    private static void yaml(List<Case> cases) {
        String values = "values.yaml";
        String manifest = "manifests/config.yaml";
        file(
                cases,
                Rule.VALUES_MISSING,
                "none",
                values,
                0,
                "The file is missing. Palette needs it, even if it is empty: add one.",
                pack -> pack.without(values));
        file(
                cases,
                Rule.VALUES,
                "no YAML",
                values,
                3,
                "The file is not YAML (line 3, column 1): expected <block end>, but found '-'.",
                pack -> pack.file(values, "pack:\n  namespace: a\n- b\n"));
        file(
                cases,
                Rule.VALUES,
                "an alias of nothing",
                values,
                2,
                "The alias '*nobody' refers to nothing. Put the value in quotes if it is no alias.",
                pack -> pack.file(values, "pack:\n  host: *nobody\n"));
        file(
                cases,
                Rule.VALUES_MACRO,
                "a macro without quotes",
                values,
                2,
                "The file is not YAML (line 2, column 35): expected <block end>, but found '<scalar>'. It is, without its"
                        + " macros. Put them in quotes.",
                pack -> pack.file(values, "pack:\n  image: {{.spectro.var.registry}}/app:1\n"));
        file(
                cases,
                Rule.VALUES,
                "no YAML, with macros elsewhere",
                values,
                3,
                "The file is not YAML (line 3, column 1): expected <block end>, but found '-'.",
                pack -> pack.file(values, "pack:\n  image: {{.spectro.var.registry}}/app:1\n- b\n"));
        file(
                cases,
                Rule.VALUES_KEY,
                "no such chart",
                values,
                3,
                "The key 'helo' under 'charts' (line 3) is the name of no chart of the pack, so nothing gets its values. The"
                        + " names are hello.",
                pack -> pack.file(values, "pack: {}\ncharts:\n  helo:\n    a: 1\n"));
        file(
                cases,
                Rule.VALUES_KEY,
                "values of a chart one level too high",
                values,
                2,
                "The keys 'replicas', 'image' under 'charts' (line 2) are the names of no chart of the pack, so nothing gets"
                        + " their values. The names are hello.",
                pack -> pack.file(values, "charts:\n  replicas: 1\n  image: a\n"));
        file(
                cases,
                Rule.VALUES_KEY,
                "no such manifest",
                values,
                2,
                "The key 'confg' under 'manifests' (line 2) is the name of no manifest of the pack, so nothing gets its values."
                        + " The names are config.",
                pack -> pack.file(values, "manifests:\n  confg:\n    a: 1\n"));
        file(
                cases,
                Rule.MANIFEST,
                "a tab",
                manifest,
                2,
                "The file is not YAML (line 2, column 1): found character '\\t(TAB)' that cannot start any token. (Do not use"
                        + " \\t(TAB) for indentation).",
                pack -> pack.file(manifest, "kind:\n\tConfigMap\n"));
        file(
                cases,
                Rule.YAML_DUPLICATE_KEY,
                "in values.yaml",
                values,
                3,
                "The key 'a' in line 3 stands twice in one mapping, and only one of its values counts. Remove one.",
                pack -> pack.file(values, "pack:\n  a: 1\n  a: 2\n"));
        file(
                cases,
                Rule.YAML_DUPLICATE_KEY,
                "in a manifest",
                manifest,
                4,
                "The key 'kind' in line 4 stands twice in one mapping, and only one of its values counts. Remove one.",
                pack -> pack.file(manifest, "kind: A\n---\nkind: B\nkind: C\n"));
        file(
                cases,
                Rule.YAML_SIZE,
                "a huge manifest",
                manifest,
                0,
                "The file has more than 8 MiB, or a line of more than 1 MiB, so it was not checked. Split it.",
                pack -> pack.file(manifest, "#\n".repeat(4 * 1024 * 1024 + 1)));
    }

    private static void presentation(List<Case> cases) {
        file(
                cases,
                Rule.LOGO_MISSING,
                "none",
                "logo.png",
                0,
                "The file is missing. Palette shows it: add a PNG image.",
                pack -> pack.without("logo.png"));
        file(
                cases,
                Rule.LOGO,
                "a JPEG",
                "logo.png",
                0,
                "The file is a JPEG image under a PNG's name. Palette may not show it: save the logo as PNG.",
                pack -> pack.file("logo.png", new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0}));
        file(
                cases,
                Rule.LOGO,
                "no image",
                "logo.png",
                0,
                "The file is not a PNG image. Palette may not show it: save the logo as PNG.",
                pack -> pack.file("logo.png", "version https://git-lfs.github.com/spec/v1\n"));
        file(
                cases,
                Rule.README_MISSING,
                "none",
                "README.md",
                0,
                "The file is missing. Palette shows it: say what the pack does.",
                pack -> pack.without("README.md"));
    }
}
