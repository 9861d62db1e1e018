package io.jenkins.plugins.spectropack.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
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
import io.jenkins.plugins.spectropack.agent.JenkinsProxy;
import io.jenkins.plugins.spectropack.engine.registry.AwsIdentity;
import io.jenkins.plugins.spectropack.engine.registry.EcrTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.registry.RepositoryNames;
import io.jenkins.plugins.spectropack.engine.registry.RepositorySettings;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/** A private registry of AWS ECR: {@code ecr(repositoryName: ..., region: ..., credentialsId: ...)}. */
@Restricted(NoExternalUse.class)
public final class EcrRegistry extends PackRegistry {

    private static final long serialVersionUID = 1L;

    private static final CredentialForm<AmazonWebServicesCredentials> CREDENTIALS =
            new CredentialForm<>(AmazonWebServicesCredentials.class, Messages::EcrRegistry_credentialMissing);

    private final String repositoryName;
    private final String region;
    private String credentialsId;
    private String accountId;
    private boolean createRepositories = true;
    private EcrRepositorySettings repositorySettings;
    private String endpoint;

    /**
     * Names a registry.
     *
     * @param repositoryName the repository that packs go below, with or without {@code /spectro-packs/archive}
     * @param region the AWS region
     */
    @DataBoundConstructor
    public EcrRegistry(String repositoryName, String region) {
        this.repositoryName = Util.fixNull(repositoryName).strip();
        this.region = Util.fixNull(region).strip();
    }

    /** The repository that packs go below. */
    public String getRepositoryName() {
        return repositoryName;
    }

    /** The AWS region. */
    public String getRegion() {
        return region;
    }

    /** The id of an AWS credential; null for the agent's own AWS credentials. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
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
        expanded.setAccountId(variables.expand(accountId));
        expanded.setCreateRepositories(createRepositories);
        expanded.setRepositorySettings(repositorySettings == null ? null : repositorySettings.expand(variables));
        expanded.setEndpoint(variables.expand(endpoint));
        return expanded;
    }

    @Override
    public RegistryTarget connect(Run<?, ?> run, TaskListener listener) throws AbortException {
        if (credentialsId == null) {
            return checked(AwsIdentity.ofMachine());
        }
        AmazonWebServicesCredentials credential = CREDENTIALS.find(credentialsId, run, api(region, endpoint));
        AwsCredentials resolved = resolve(credential);
        if (resolved == null) {
            listener.getLogger().println(Messages.EcrRegistry_credentialEmpty(credentialsId));
        }
        return checked(
                resolved == null
                        ? AwsIdentity.ofMachine()
                        : AwsIdentity.of(resolved, CredentialForm.source(credential)));
    }

    @CheckForNull
    private static AwsCredentials resolve(AmazonWebServicesCredentials credential) throws AbortException {
        try {
            return credential.resolveCredentials();
        } catch (SdkException e) {
            throw new AbortException(Messages.EcrRegistry_credentialRefused(credential.getId(), e.getMessage()));
        }
    }

    private EcrTarget checked(AwsIdentity identity) throws AbortException {
        try {
            return target(identity);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
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

    /** The URL of the API that gets the credential; null where it is not known, as for a region that the SDK does not know. */
    @CheckForNull
    private static String api(@CheckForNull String region, @CheckForNull String endpoint) {
        if (Util.fixEmptyAndTrim(endpoint) != null) {
            return endpoint;
        }
        return Region.regions().stream()
                .filter(known -> known.id().equals(region))
                .map(known -> "https://" + EcrClient.serviceMetadata().endpointFor(known))
                .findFirst()
                .orElse(null);
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
            return CREDENTIALS.items(item, credentialsId, api(region, endpoint));
        }

        /** Says whether a credential exists, to those who may know. */
        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item,
                @QueryParameter String value,
                @QueryParameter String region,
                @QueryParameter String endpoint) {
            return CREDENTIALS.check(item, value, api(region, endpoint));
        }

        /** Checks the form of a repository's name. Asks nobody. */
        @POST
        public FormValidation doCheckRepositoryName(@QueryParameter String value) {
            return FieldChecks.checkBase(value, RepositoryNames.Rules.ECR);
        }

        /** Checks the form of a region's name. Asks nobody. */
        @POST
        public FormValidation doCheckRegion(@QueryParameter String value) {
            return FieldChecks.checkRequired(value, EcrTarget::regionProblem);
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
         * host it is. Changes nothing.
         */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String repositoryName,
                @QueryParameter String region,
                @QueryParameter String credentialsId,
                @QueryParameter String accountId,
                @QueryParameter String endpoint)
                throws InterruptedException {
            CredentialForm.checkMayTest(item);
            String id = Util.fixEmptyAndTrim(credentialsId);
            if (id == null) {
                return FormValidation.warning(Messages.EcrRegistry_testNeedsCredential());
            }
            FormValidation obstacle = CredentialForm.cannotTest(repositoryName, region, id, accountId, endpoint);
            if (obstacle != null) {
                return obstacle;
            }
            AmazonWebServicesCredentials credential = CREDENTIALS.find(id, item, api(region, endpoint));
            if (credential == null) {
                return FormValidation.error(Messages.EcrRegistry_credentialMissing(id));
            }
            EcrRegistry registry = new EcrRegistry(repositoryName, region);
            registry.setAccountId(accountId);
            registry.setEndpoint(endpoint);
            return test(registry, credential);
        }

        private static FormValidation test(EcrRegistry registry, AmazonWebServicesCredentials credential)
                throws InterruptedException {
            try (SdkHttpClient http = JenkinsProxy.httpClient(JenkinsProxy.find(), TlsTrust.DEFAULT)) {
                AwsCredentials resolved = resolve(credential);
                if (resolved == null) {
                    return FormValidation.warning(Messages.EcrRegistry_testNeedsCredential());
                }
                RegistryTarget.Tried tried = registry.target(AwsIdentity.of(resolved, CredentialForm.source(credential)))
                        .test(http, Limits.ofEntryPoint().withoutRetries());
                return tried.refusals().isEmpty()
                        ? FormValidation.ok(tried.said())
                        : FormValidation.warning(
                                Messages.EcrRegistry_refused(tried.said(), String.join(" ", tried.refusals())));
            } catch (IllegalArgumentException | AbortException | RegistryException e) {
                return FormValidation.error(Objects.toString(e.getMessage()));
            }
        }
    }
}
