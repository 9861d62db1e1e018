package io.jenkins.plugins.spectropack.engine.pack;

import io.jenkins.plugins.spectropack.engine.util.Nearest;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Values of {@code pack.json} that come from a list. Palette's own packs hold ones that nobody documented, so a value that is
 * not in the list is doubtful, not wrong.
 */
final class VocabularyRules {

    static final List<String> LAYERS = List.of("kernel", "os", "k8s", "cni", "csi", "addon");

    /** The documented ones, then those that published packs use, then those that only the Terraform provider knows. */
    static final List<String> ADDON_TYPES = List.of(
            "logging",
            "monitoring",
            "load balancer",
            "authentication",
            "ingress",
            "security",
            "system app",
            "ai",
            "registry",
            "app services",
            "app-services",
            "servicemesh",
            "csi",
            "cni",
            "integration");

    /**
     * The documented ones, then those that only pack-central's schema, Palette's API ({@code v1CloudType}) or the Terraform
     * provider know.
     */
    static final List<String> CLOUD_TYPES = List.of(
            "all",
            "aws",
            "azure",
            "gcp",
            "vsphere",
            "openstack",
            "baremetal",
            "maas",
            "aks",
            "eks",
            "tke",
            "edge",
            "edge-native",
            "coxedge",
            "libvirt",
            "custom",
            "tencent",
            "apache-cloudstack",
            "generic",
            "gke",
            "nested",
            "virtual",
            "nutanix");

    private VocabularyRules() {}

    static void check(Inspection pack) {
        String layer = known(pack, Rule.LAYER, "layer", "/layer", pack.value("layer"), LAYERS);
        known(pack, Rule.ADDON_TYPE, "addonType", "/addonType", pack.value("addonType"), ADDON_TYPES);
        if (layer.equals("addon") && pack.value("addonType").isMissingNode()) {
            pack.found(
                    Rule.ADDON_TYPE_MISSING,
                    pack.holdsNull("addonType") ? "/addonType" : "",
                    "The key 'addonType' is missing, which add-ons should have. Add one of "
                            + String.join(", ", ADDON_TYPES) + ".");
        }
        known(pack, Rule.CLOUD_TYPE, "cloudType", "/cloudType", pack.value("cloudType"), CLOUD_TYPES);
        JsonNode cloudTypes = pack.value("cloudTypes");
        for (int i = 0; cloudTypes.isArray() && i < cloudTypes.size(); i++) {
            known(pack, Rule.CLOUD_TYPE, "cloudTypes", "/cloudTypes/" + i, cloudTypes.get(i), CLOUD_TYPES);
        }
    }

    private static String known(
            Inspection pack, Rule rule, String key, String pointer, JsonNode value, Collection<String> list) {
        String text = value.stringValue("");
        if (value.isString() && !list.contains(text) && !(text.isBlank() && rule == Rule.LAYER)) {
            pack.found(
                    rule,
                    pointer,
                    () -> "The value '" + text + "' of '" + key + "' is not one that is known. "
                            + Nearest.to(text, list)
                                    .map(near -> "The nearest is '" + near + "'; there are ")
                                    .orElse("There are ")
                            + String.join(", ", list) + ".");
        }
        return text;
    }
}
