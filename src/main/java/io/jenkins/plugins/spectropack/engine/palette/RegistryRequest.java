package io.jenkins.plugins.spectropack.engine.palette;

import io.jenkins.plugins.spectropack.engine.util.Loopback;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Palette is sent to add a registry: one for packs, private, with synchronization on, that reads exactly the place that
 * packs are pushed to. Source of the shape: Palette's published API description, and how Spectro Cloud's Terraform provider
 * fills it in.
 *
 * @param name what people shall call it
 * @param place that it reads
 * @param access that it reads with
 */
record RegistryRequest(String name, RegistryPlace place, ReadAccess access) {

    /** The partitions of AWS that the API knows. */
    private static final Set<String> PARTITIONS = Set.of("aws", "aws-us-gov", "aws-iso", "aws-iso-b");

    private static final String HIDDEN = "********";

    /** {@code ecr} or {@code basic}, a part of the paths of the API. */
    String kind() {
        return access.isForEcr() ? "ecr" : "basic";
    }

    /** The whole body. */
    JsonNode body() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.putObject("metadata").put("name", name);
        body.set("spec", spec());
        return body;
    }

    /** What is validated, the registry without its name. */
    ObjectNode spec() {
        ObjectNode spec = JsonMapper.shared().createObjectNode();
        spec.put("endpoint", endpoint());
        spec.put("baseContentPath", place.basePath());
        spec.put("providerType", "pack");
        spec.put("isSyncSupported", true);
        if (access instanceof ReadAccess.Login login) {
            ObjectNode auth = spec.putObject("auth");
            auth.put("type", "basic");
            auth.put("username", login.username());
            auth.put("password", login.password());
            tls(auth, login.caCertificates());
            return spec;
        }
        spec.put("isPrivate", true);
        ObjectNode credentials = spec.putObject("credentials");
        if (access instanceof ReadAccess.Role role) {
            credentials.put("credentialType", "sts");
            if (PARTITIONS.contains(role.partition())) {
                credentials.put("partition", role.partition());
            }
            credentials.putObject("sts").put("arn", role.arn()).put("externalId", role.externalId());
        } else if (access instanceof ReadAccess.Keys keys) {
            credentials.put("credentialType", "secret");
            credentials.put("accessKey", keys.accessKeyId());
            credentials.put("secretKey", keys.secretAccessKey());
        }
        tls(spec, "");
        return spec;
    }

    private static void tls(ObjectNode parent, String caCertificates) {
        ObjectNode tls = parent.putObject("tls");
        tls.put("enabled", true);
        tls.put("insecureSkipVerify", false);
        if (!caCertificates.isEmpty()) {
            tls.put("certificate", caCertificates);
        }
    }

    /** The bare host for ECR, a URL for others. */
    private String endpoint() {
        if (access.isForEcr()) {
            return place.host();
        }
        String host = place.host().contains(":")
                ? place.host().substring(0, place.host().lastIndexOf(':'))
                : place.host();
        return (Loopback.is(host) ? "http://" : "https://") + place.host();
    }

    /** The body as it may be shown. */
    String shown() {
        JsonNode body = body();
        if (access instanceof ReadAccess.Login) {
            ((ObjectNode) body.at("/spec/auth")).put("password", HIDDEN);
        } else if (access instanceof ReadAccess.Keys) {
            ((ObjectNode) body.at("/spec/credentials")).put("secretKey", HIDDEN);
        }
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(body);
    }
}
