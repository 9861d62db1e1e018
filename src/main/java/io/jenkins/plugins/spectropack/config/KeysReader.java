package io.jenkins.plugins.spectropack.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.spectropack.engine.palette.ReadAccess;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Keys of an AWS user that Palette reads ECR with, and keeps: {@code keys('aws-reader')}. */
@Restricted(NoExternalUse.class)
public final class KeysReader extends RegistryReader {

    private static final long serialVersionUID = 1L;

    private static final CredentialForm<AmazonWebServicesCredentials> CREDENTIALS =
            new CredentialForm<>(AmazonWebServicesCredentials.class, Messages::EcrRegistry_credentialMissing);

    private final String credentialsId;

    /**
     * Names keys.
     *
     * @param credentialsId the id of an AWS credential
     */
    @DataBoundConstructor
    public KeysReader(String credentialsId) {
        this.credentialsId = Util.fixNull(credentialsId).strip();
    }

    /** The id of an AWS credential. */
    public String getCredentialsId() {
        return credentialsId;
    }

    @Override
    ReadAccess access(Run<?, ?> run) throws AbortException {
        if (credentialsId.isEmpty()) {
            throw new AbortException(Messages.KeysReader_credentialNone());
        }
        AwsCredentials keys = EcrLogin.resolve(CREDENTIALS.find(credentialsId, run, null));
        if (keys == null || keys instanceof AwsSessionCredentials) {
            throw new AbortException(Messages.KeysReader_noLastingKeys(credentialsId));
        }
        return new ReadAccess.Keys(keys.accessKeyId(), keys.secretAccessKey());
    }

    @Override
    RegistryReader expand(Variables variables) {
        return new KeysReader(variables.expandId(credentialsId));
    }

    /** Describes {@link KeysReader}. */
    @Extension(ordinal = 2)
    @Symbol("keys")
    public static final class DescriptorImpl extends RegistryReaderDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.KeysReader_displayName();
        }

        /** AWS credentials that the job may use, and the present value. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return CREDENTIALS.items(item, credentialsId, null);
        }

        /** Says whether a credential is given and exists, to those who may know. */
        @POST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.KeysReader_credentialNone())
                    : CREDENTIALS.check(item, value, null);
        }
    }
}
