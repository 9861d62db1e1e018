package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.engine.registry.AwsIdentity;
import io.jenkins.plugins.spectropack.engine.registry.AwsRegions;
import io.jenkins.plugins.spectropack.engine.registry.AwsRole;
import io.jenkins.plugins.spectropack.engine.registry.EcrTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.registry.RepositoryNames;
import io.jenkins.plugins.spectropack.engine.registry.RepositorySettings;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import java.util.Map;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A private registry of AWS ECR: {@code ecr(repositoryName: ..., region: ..., credentialsId: ...)}. */
@Restricted(NoExternalUse.class)
public final class EcrRegistry extends PackRegistry {

    private static final long serialVersionUID = 1L;

    private final String repositoryName;
    private String region;
    private String credentialsId;
    private String roleArn;
    private String externalId;
    private String accountId;
    private boolean createRepositories = true;
    private EcrRepositorySettings repositorySettings;
    private String endpoint;

    /**
     * Names a registry.
     *
     * @param repositoryName the repository that packs go below, with or without {@code /spectro-packs/archive}
     */
    @DataBoundConstructor
    public EcrRegistry(String repositoryName) {
        this.repositoryName = Util.fixNull(repositoryName).strip();
    }

    /**
     * Names a registry in a region.
     *
     * @param repositoryName the repository that packs go below, with or without {@code /spectro-packs/archive}
     * @param region the AWS region
     */
    public EcrRegistry(String repositoryName, String region) {
        this(repositoryName);
        setRegion(region);
    }

    /** The repository that packs go below. */
    public String getRepositoryName() {
        return repositoryName;
    }

    /** The AWS region; null for the one that the step's environment says, or the agent. */
    @CheckForNull
    public String getRegion() {
        return region;
    }

    @DataBoundSetter
    public void setRegion(@CheckForNull String region) {
        this.region = Util.fixEmptyAndTrim(region);
    }

    /** The id of an AWS credential; null for whoever the step's environment says, or the agent. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The ARN of the role that this identity assumes; null for none. */
    @CheckForNull
    public String getRoleArn() {
        return roleArn;
    }

    @DataBoundSetter
    public void setRoleArn(@CheckForNull String roleArn) {
        this.roleArn = Util.fixEmptyAndTrim(roleArn);
    }

    /** The external id that the role's trust policy asks for; null for none. */
    @CheckForNull
    public String getExternalId() {
        return externalId;
    }

    @DataBoundSetter
    public void setExternalId(@CheckForNull String externalId) {
        this.externalId = Util.fixEmptyAndTrim(externalId);
    }

    /** The AWS account that the registry must belong to; null for any. */
    @CheckForNull
    public String getAccountId() {
        return accountId;
    }

    @DataBoundSetter
    public void setAccountId(@CheckForNull String accountId) {
        this.accountId = Util.fixEmptyAndTrim(accountId);
    }

    /** If true, repositories that do not exist are created. */
    public boolean isCreateRepositories() {
        return createRepositories;
    }

    @DataBoundSetter
    public void setCreateRepositories(boolean createRepositories) {
        this.createRepositories = createRepositories;
    }

    /** How repositories are created; null for what ECR does by itself. */
    @CheckForNull
    public EcrRepositorySettings getRepositorySettings() {
        return repositorySettings;
    }

    @DataBoundSetter
    public void setRepositorySettings(@CheckForNull EcrRepositorySettings repositorySettings) {
        // A form sends this part even if nothing in it was chosen.
        this.repositorySettings =
                repositorySettings == null || repositorySettings.isDefault() ? null : repositorySettings;
    }

    /** The URL of the ECR API; null for AWS's own. */
    @CheckForNull
    public String getEndpoint() {
        return endpoint;
    }

    @DataBoundSetter
    public void setEndpoint(@CheckForNull String endpoint) {
        this.endpoint = Util.fixEmptyAndTrim(endpoint);
    }

    @Override
    public PackRegistry expand(Variables variables) {
        EcrRegistry expanded = new EcrRegistry(variables.expand(repositoryName), variables.expand(region));
        expanded.setCredentialsId(variables.expandId(credentialsId));
        expanded.setRoleArn(variables.expand(roleArn));
        expanded.setExternalId(variables.expand(externalId));
        expanded.setAccountId(variables.expand(accountId));
        expanded.setCreateRepositories(createRepositories);
        expanded.setRepositorySettings(repositorySettings == null ? null : repositorySettings.expand(variables));
        expanded.setEndpoint(variables.expand(endpoint));
        return expanded;
    }

    @Override
    public RegistryTarget connect(Run<?, ?> run, StepEnvironment environment, TaskListener listener)
            throws AbortException {
        try {
            return target(login().ofStep(run, environment, listener));
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private EcrLogin login() {
        return new EcrLogin(region, endpoint, credentialsId, roleArn, externalId);
    }

    private EcrTarget target(AwsIdentity identity) {
        return EcrTarget.builder(identity)
                .repositoryName(repositoryName)
                .region(region)
                .accountId(accountId)
                .endpoint(endpoint)
                .createRepositories(createRepositories)
                .repositorySettings(
                        repositorySettings == null ? RepositorySettings.DEFAULT : repositorySettings.toEngine())
                .build();
    }

    /** Describes {@link EcrRegistry}. */
    @Extension(ordinal = 2)
    @Symbol("ecr")
    public static final class DescriptorImpl extends PackRegistryDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.EcrRegistry_displayName();
        }

        /** Regions that the SDK knows, as suggestions, with what AWS calls them; others can be typed. */
        public Map<String, String> getRegions() {
            return EcrRegions.all();
        }

        /** AWS credentials that the job may use, and the present value. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item,
                @QueryParameter String credentialsId,
                @QueryParameter String region,
                @QueryParameter String endpoint) {
            return EcrLogin.CREDENTIALS.items(item, credentialsId, EcrLogin.api(region, endpoint));
        }

        /** Says whether a credential exists, to those who may know. */
        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String region,
                @QueryParameter String endpoint) {
            return EcrLogin.CREDENTIALS.check(item, value, EcrLogin.api(region, endpoint));
        }

        /** Checks the form of a repository's name. Asks nobody. */
        @POST
        public FormValidation doCheckRepositoryName(@QueryParameter String value) {
            return FieldChecks.checkBase(value, RepositoryNames.Rules.ECR);
        }

        /** Checks the form of a region's name, and doubts one that is not known. Asks nobody. */
        @POST
        public FormValidation doCheckRegion(@QueryParameter String value) {
            return FieldChecks.check(value, EcrTarget::regionProblem, AwsRegions::doubt);
        }

        /** Checks the form of a role's ARN. Asks nobody. */
        @POST
        public FormValidation doCheckRoleArn(@QueryParameter String value) {
            return FieldChecks.check(value, AwsRole::arnProblem);
        }

        /** Checks the form of an external id. Asks nobody. */
        @POST
        public FormValidation doCheckExternalId(@QueryParameter String value) {
            return FieldChecks.check(value, AwsRole::externalIdProblem);
        }

        /** Checks the form of an account id. Asks nobody. */
        @POST
        public FormValidation doCheckAccountId(@QueryParameter String value) {
            return FieldChecks.check(value, EcrTarget::accountProblem);
        }

        /** Checks the form of an endpoint. Asks nobody. */
        @POST
        public FormValidation doCheckEndpoint(@QueryParameter String value) {
            return FieldChecks.check(value, EcrTarget::endpointProblem);
        }

        /**
         * Logs in to the registry from the controller with a credential of the job's own context, and says which account and
         * host it is, and whom AWS knows the credential as. Changes nothing.
         */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String repositoryName,
                @QueryParameter String region,
                @QueryParameter String credentialsId,
                @QueryParameter String roleArn,
                @QueryParameter String externalId,
                @QueryParameter String accountId,
                @QueryParameter String endpoint)
                throws InterruptedException {
            CredentialForm.checkMayTest(item);
            EcrRegistry registry = new EcrRegistry(repositoryName, region);
            registry.setCredentialsId(credentialsId);
            registry.setRoleArn(roleArn);
            registry.setExternalId(externalId);
            registry.setAccountId(accountId);
            registry.setEndpoint(endpoint);
            return registry.login().test(item, registry::target, repositoryName, accountId);
        }
    }
}
