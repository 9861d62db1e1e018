package io.jenkins.plugins.spectropack.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.spectropack.engine.palette.ReadAccess;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A user name and a password that Palette reads another registry than ECR with, and keeps: {@code login('harbor-reader')}. */
@Restricted(NoExternalUse.class)
public final class LoginReader extends RegistryReader {

    private static final long serialVersionUID = 1L;

    private static final CredentialForm<StandardUsernamePasswordCredentials> CREDENTIALS =
            new CredentialForm<>(StandardUsernamePasswordCredentials.class, Messages::BasicRegistry_credentialMissing);

    private final String credentialsId;

    /**
     * Names a login.
     *
     * @param credentialsId the id of a user name and password
     */
    @DataBoundConstructor
    public LoginReader(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).strip();
    }

    /** The id of a user name and password. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** The registry's CA is not said here: the engine takes it from the registry that packs are pushed to. */
    @Override
    ReadAccess access(Run<?, ?> run) throws AbortException {
        if (credentialsId.isEmpty()) {
            throw new AbortException(Messages.LoginReader_credentialNone());
        }
        StandardUsernamePasswordCredentials login = CREDENTIALS.find(credentialsId, run, null);
        try {
            return new ReadAccess.Login(login.getUsername(), Secret.toString(login.getPassword()), "");
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Override
    RegistryReader expand(Variables variables) {
        return new LoginReader(variables.expandId(credentialsId));
    }

    /** Describes {@link LoginReader}. */
    @Extension(ordinal = 1)
    @Symbol("login")
    public static final class DescriptorImpl extends RegistryReaderDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.LoginReader_displayName();
        }

        /** User names and passwords that the job may use, and the present value. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return CREDENTIALS.items(item, credentialsId, null);
        }

        /** Says whether a credential is given and exists, to those who may know. */
        @POST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.LoginReader_credentialNone())
                    : CREDENTIALS.check(item, value, null);
        }
    }
}
