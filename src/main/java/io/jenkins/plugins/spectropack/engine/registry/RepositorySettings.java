package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Setting;
import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How repositories are made where they do not exist yet. Existing ones are left as they are. Source: the ECR API's
 * CreateRepository and PutLifecyclePolicy.
 *
 * @param immutableTags whether a tag can be written once only
 * @param scanOnPush whether ECR scans what is pushed
 * @param kmsKey the ARN, id or alias of the KMS key that encrypts the repository; empty for ECR's own encryption
 * @param tags AWS resource tags
 * @param lifecyclePolicy the text of an ECR lifecycle policy, JSON; empty for none
 */
public record RepositorySettings(
        boolean immutableTags, boolean scanOnPush, String kmsKey, Map<String, String> tags, String lifecyclePolicy)
        implements Serializable {

    /** What ECR does by itself. */
    public static final RepositorySettings DEFAULT = new RepositorySettings(false, false, "", Map.of(), "");

    private static final long serialVersionUID = 1L;
    private static final int TAG_LIMIT = 50;
    private static final Pattern KMS_KEY = Pattern.compile(
            "arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/.+" + "|alias/.+|(mrk-)?[0-9a-f-]{32,36}");

    /** Blank means not given. */
    public RepositorySettings {
        kmsKey = kmsKey == null ? "" : kmsKey.strip();
        tags = tags == null ? Map.of() : Map.copyOf(tags);
        lifecyclePolicy = lifecyclePolicy == null ? "" : lifecyclePolicy.strip();
    }

    /** Says what AWS would not take; empty if nothing is known to be wrong. */
    public Optional<String> problem() {
        if (!kmsKey.isEmpty() && !KMS_KEY.matcher(kmsKey).matches()) {
            return Optional.of("The KMS key '" + kmsKey + "' is not a key's ARN, id or alias. Give one as "
                    + Setting.KMS_KEY.words() + ", for example"
                    + " arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab.");
        }
        if (tags.size() > TAG_LIMIT) {
            return Optional.of("There are " + tags.size() + " resource tags (" + Setting.RESOURCE_TAGS.words()
                    + "), and ECR takes at most " + TAG_LIMIT + ".");
        }
        for (String key : tags.keySet()) {
            if (key.isBlank() || key.startsWith("aws:")) {
                return Optional.of(
                        "The resource tag '" + key + "' is not allowed: a key must not be blank, and keys that"
                                + " begin with aws: belong to AWS. Check " + Setting.RESOURCE_TAGS.words() + ".");
            }
        }
        if (!lifecyclePolicy.isEmpty() && !isPolicy(lifecyclePolicy)) {
            return Optional.of("The lifecycle policy (" + Setting.LIFECYCLE_POLICY.words()
                    + ") is not one: it must be a JSON object with a list 'rules'," + " as in the ECR user guide.");
        }
        return Optional.empty();
    }

    private static boolean isPolicy(String text) {
        try {
            return JsonMapper.shared().readTree(text).path("rules").isArray();
        } catch (JacksonException e) {
            return false;
        }
    }
}
