package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.engine.registry.RepositorySettings;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** How repositories are created in ECR where they do not exist. */
@Restricted(NoExternalUse.class)
public final class EcrRepositorySettings extends AbstractDescribableImpl<EcrRepositorySettings>
        implements Serializable {

    private static final long serialVersionUID = 1L;

    private boolean immutableTags;
    private boolean scanOnPush;
    private String kmsKey;
    private String tags;
    private String lifecyclePolicy;

    /** What ECR does by itself. */
    @DataBoundConstructor
    public EcrRepositorySettings() {}

    /** If true, a version can be published once only. */
    public boolean isImmutableTags() {
        return immutableTags;
    }

    @DataBoundSetter
    public void setImmutableTags(boolean immutableTags) {
        this.immutableTags = immutableTags;
    }

    /** If true, ECR scans what is pushed. */
    public boolean isScanOnPush() {
        return scanOnPush;
    }

    @DataBoundSetter
    public void setScanOnPush(boolean scanOnPush) {
        this.scanOnPush = scanOnPush;
    }

    /** The ARN, id or alias of the KMS key that encrypts the repository; null for ECR's own encryption. */
    @CheckForNull
    public String getKmsKey() {
        return kmsKey;
    }

    @DataBoundSetter
    public void setKmsKey(@CheckForNull String kmsKey) {
        this.kmsKey = Util.fixEmptyAndTrim(kmsKey);
    }

    /** AWS resource tags, one {@code KEY=VALUE} a line; null for none. */
    @CheckForNull
    public String getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(@CheckForNull String tags) {
        this.tags = Util.fixEmptyAndTrim(tags);
    }

    /** The JSON text of an ECR lifecycle policy; null for none. */
    @CheckForNull
    public String getLifecyclePolicy() {
        return lifecyclePolicy;
    }

    @DataBoundSetter
    public void setLifecyclePolicy(@CheckForNull String lifecyclePolicy) {
        this.lifecyclePolicy = Util.fixEmptyAndTrim(lifecyclePolicy);
    }

    /** Whether nothing was chosen. */
    boolean isDefault() {
        return !immutableTags && !scanOnPush && kmsKey == null && tags == null && lifecyclePolicy == null;
    }

    EcrRepositorySettings expand(Variables variables) {
        EcrRepositorySettings expanded = new EcrRepositorySettings();
        expanded.immutableTags = immutableTags;
        expanded.scanOnPush = scanOnPush;
        expanded.kmsKey = variables.expand(kmsKey);
        expanded.tags = variables.expand(tags);
        expanded.lifecyclePolicy = variables.expand(lifecyclePolicy);
        return expanded;
    }

    /**
     * The engine's form of these settings.
     *
     * @throws IllegalArgumentException with a sentence if a tag is not of the form {@code KEY=VALUE}
     */
    RepositorySettings toEngine() {
        return new RepositorySettings(immutableTags, scanOnPush, kmsKey, parseTags(tags), lifecyclePolicy);
    }

    private static Map<String, String> parseTags(String text) {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String line : Util.fixNull(text).split("\\R")) {
            int equals = line.indexOf('=');
            if (line.isBlank()) {
                continue;
            }
            if (equals < 0) {
                throw new IllegalArgumentException(Messages.EcrRepositorySettings_tag(line.strip()));
            }
            parsed.put(
                    line.substring(0, equals).strip(),
                    line.substring(equals + 1).strip());
        }
        return parsed;
    }

    /** Describes {@link EcrRepositorySettings}. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<EcrRepositorySettings> {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.EcrRepositorySettings_displayName();
        }

        /** Checks the form of a KMS key. Asks nobody. */
        @POST
        public FormValidation doCheckKmsKey(@QueryParameter String value) {
            return FieldChecks.check(value, key -> new RepositorySettings(false, false, key, Map.of(), "").problem());
        }

        /** Checks the form of resource tags. Asks nobody. */
        @POST
        public FormValidation doCheckTags(@QueryParameter String value) {
            return FieldChecks.checkLines(
                    value, text -> new RepositorySettings(false, false, "", parseTags(text), "").problem());
        }

        /** Checks the form of a lifecycle policy. Asks nobody. */
        @POST
        public FormValidation doCheckLifecyclePolicy(@QueryParameter String value) {
            return FieldChecks.checkLines(
                    value, text -> new RepositorySettings(false, false, "", Map.of(), text).problem());
        }
    }
}
