package io.jenkins.plugins.spectropack.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
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
import hudson.util.Secret;
import io.jenkins.plugins.spectropack.engine.registry.BasicTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryCredentials;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.registry.RepositoryNames;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.util.Objects;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;
import software.amazon.awssdk.http.SdkHttpClient;

/** Any OCI registry with a user name and a password: {@code basic(url: ..., basePath: ..., credentialsId: ...)}. */
@Restricted(NoExternalUse.class)
public final class BasicRegistry extends PackRegistry {

    private static final long serialVersionUID = 1L;

    private static final CredentialForm<StandardUsernamePasswordCredentials> CREDENTIALS =
            new CredentialForm<>(StandardUsernamePasswordCredentials.class, Messages::BasicRegistry_credentialMissing);

    private final String url;
    private final String basePath;
    private String credentialsId;
    private boolean createBaseArtifact = true;
    private String caCertificate;
    private boolean skipTlsVerification;

    /**
     * Names a registry.
     *
     * @param url its address, {@code https://HOST[:PORT]}
     * @param basePath what packs go below, with or without {@code /spectro-packs/archive}
     */
    @DataBoundConstructor
    public BasicRegistry(String url, String basePath) {
        this.url = Util.fixNull(url).strip();
        this.basePath = Util.fixNull(basePath).strip();
    }

    /** The registry's address. */
    public String getUrl() {
        return url;
    }

    /** What packs go below. */
    public String getBasePath() {
        return basePath;
    }

    /** The id of a user name and password; null for no login. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(@CheckForNull String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** If true, the artifact that makes the repository above the packs is pushed where it is missing. */
    public boolean isCreateBaseArtifact() {
        return createBaseArtifact;
    }

    @DataBoundSetter
    public void setCreateBaseArtifact(boolean createBaseArtifact) {
        this.createBaseArtifact = createBaseArtifact;
    }

    /** Certificates of private CAs in PEM, trusted besides those of Java; null for none. */
    @CheckForNull
    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(@CheckForNull String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    /** If true, any certificate is accepted. */
    public boolean isSkipTlsVerification() {
        return skipTlsVerification;
    }

    @DataBoundSetter
    public void setSkipTlsVerification(boolean skipTlsVerification) {
        this.skipTlsVerification = skipTlsVerification;
    }

    @Override
    public PackRegistry expand(Variables variables) {
        BasicRegistry expanded = new BasicRegistry(variables.expand(url), variables.expand(basePath));
        expanded.setCredentialsId(variables.expandId(credentialsId));
        expanded.setCreateBaseArtifact(createBaseArtifact);
        expanded.setCaCertificate(caCertificate);
        expanded.setSkipTlsVerification(skipTlsVerification);
        return expanded;
    }

    @Override
    public RegistryTarget connect(Run<?, ?> run, StepEnvironment environment, TaskListener listener)
            throws AbortException {
        RegistryCredentials login = credentialsId == null ? null : login(CREDENTIALS.find(credentialsId, run, url));
        try {
            return target(login);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static RegistryCredentials login(StandardUsernamePasswordCredentials credential) {
        return new RegistryCredentials(
                credential.getUsername(), Secret.toString(credential.getPassword()), CredentialForm.source(credential));
    }

    private BasicTarget target(@CheckForNull RegistryCredentials login) {
        return BasicTarget.builder()
                .url(url)
                .basePath(basePath)
                .credentials(login)
                .createBaseArtifact(createBaseArtifact)
                .trust(new TlsTrust(caCertificate, skipTlsVerification))
                .build();
    }

    /** Describes {@link BasicRegistry}. */
    @Extension(ordinal = 1.5)
    @Symbol("basic")
    public static final class DescriptorImpl extends PackRegistryDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.BasicRegistry_displayName();
        }

        /** User names and passwords that the job may use, and the present value. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String url) {
            return CREDENTIALS.items(item, credentialsId, url);
        }

        /** Says whether a credential exists, to those who may know. */
        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String url) {
            return CREDENTIALS.check(item, value, url);
        }

        /** Checks the form of a URL. Asks nobody. */
        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return FieldChecks.checkRequired(value, BasicTarget::urlProblem);
        }

        /** Checks the form of a base path. Asks nobody. */
        @POST
        public FormValidation doCheckBasePath(@QueryParameter String value) {
            return FieldChecks.checkBase(value, RepositoryNames.Rules.OCI);
        }

        /** Checks that certificates are in PEM. Asks nobody. */
        @POST
        public FormValidation doCheckCaCertificate(@QueryParameter String value) {
            return FieldChecks.checkLines(value, TlsTrust::problem);
        }

        /** Warns of what it means to accept any certificate. A form asks for this with GET. */
        public FormValidation doCheckSkipTlsVerification(@QueryParameter boolean value) {
            return value ? FormValidation.warning(Messages.BasicRegistry_skipTlsVerification()) : FormValidation.ok();
        }

        /**
         * Logs in to the registry from the controller with a credential of the job's own context. Changes nothing.
         */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String url,
                @QueryParameter String basePath,
                @QueryParameter String credentialsId,
                @QueryParameter String caCertificate,
                @QueryParameter boolean skipTlsVerification)
                throws InterruptedException {
            CredentialForm.checkMayTest(item);
            String id = Util.fixEmptyAndTrim(credentialsId);
            FormValidation obstacle = CredentialForm.cannotTest(url, basePath, id);
            if (obstacle != null) {
                return obstacle;
            }
            if (FieldChecks.isTooLong(caCertificate, FieldChecks.LINES)) {
                return doCheckCaCertificate(caCertificate);
            }
            RegistryCredentials login = null;
            if (id != null) {
                StandardUsernamePasswordCredentials credential = CREDENTIALS.find(id, item, url);
                if (credential == null) {
                    return FormValidation.error(Messages.BasicRegistry_credentialMissing(id));
                }
                login = login(credential);
            }
            BasicRegistry registry = new BasicRegistry(url, basePath);
            registry.setCaCertificate(caCertificate);
            registry.setSkipTlsVerification(skipTlsVerification);
            return test(registry, login);
        }

        private static FormValidation test(BasicRegistry registry, @CheckForNull RegistryCredentials login)
                throws InterruptedException {
            try {
                BasicTarget target = registry.target(login);
                try (SdkHttpClient http = ControllerClient.make(target.trust())) {
                    String said = target.test(http, Limits.ofEntryPoint().withoutRetries())
                            .said();
                    return target.trust().skipsVerification() ? FormValidation.warning(said) : FormValidation.ok(said);
                }
            } catch (IllegalArgumentException | RegistryException e) {
                return FormValidation.error(Objects.toString(e.getMessage()));
            }
        }
    }
}
