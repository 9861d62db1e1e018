package io.jenkins.plugins.spectropack.engine.palette;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may assume the role that Palette reads ECR with: Palette's own AWS account, if it names the external id.
 *
 * @param accountId Palette's AWS account, twelve digits
 * @param externalId what Palette will name
 * @param partition of AWS
 */
public record TrustPolicy(String accountId, String externalId, String partition) {

    /** The policy as JSON, to be pasted. */
    public String json() {
        ObjectNode policy = JsonMapper.shared().createObjectNode();
        policy.put("Version", "2012-10-17");
        ObjectNode statement = policy.putArray("Statement").addObject();
        statement.put("Effect", "Allow");
        statement.putObject("Principal").put("AWS", "arn:" + partition + ":iam::" + accountId + ":root");
        statement.put("Action", "sts:AssumeRole");
        statement.putObject("Condition").putObject("StringEquals").put("sts:ExternalId", externalId);
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(policy);
    }
}
