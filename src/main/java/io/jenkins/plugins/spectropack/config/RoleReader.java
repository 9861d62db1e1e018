package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.engine.palette.ReadAccess;
import io.jenkins.plugins.spectropack.engine.palette.TrustPolicy;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A role in AWS that Palette's account assumes to read ECR: {@code ecrRole(arn: ..., externalId: ...)}. */
@Restricted(NoExternalUse.class)
public final class RoleReader extends RegistryReader {

    private static final long serialVersionUID = 1L;

    private final String arn;
    private final String externalId;

    /**
     * Names a role.
     *
     * @param arn {@code arn:aws:iam::ACCOUNT:role/NAME}
     * @param externalId what the role's trust policy asks for
     */
    @DataBoundConstructor
    public RoleReader(String arn, String externalId) {
        this.arn = Util.fixNull(arn).strip();
        this.externalId = Util.fixNull(externalId).strip();
    }

    /** The role's ARN. */
    public String getArn() {
        return arn;
    }

    /** What its trust policy asks for. */
    public String getExternalId() {
        return externalId;
    }

    @Override
    ReadAccess access(Run<?, ?> run) throws AbortException {
        try {
            return new ReadAccess.Role(arn, externalId);
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Override
    RegistryReader expand(Variables variables) {
        return new RoleReader(variables.expand(arn), variables.expand(externalId));
    }

    /** Describes {@link RoleReader}. */
    @Extension(ordinal = 3)
    @Symbol("ecrRole")
    public static final class DescriptorImpl extends RegistryReaderDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.RoleReader_displayName();
        }

        /** Checks the form of an ARN. Asks nobody. */
        @POST
        public FormValidation doCheckArn(@QueryParameter String value) {
            return FieldChecks.checkRequired(value, ReadAccess.Role::arnProblem);
        }

        /** Checks the form of an external id. Asks nobody. */
        @POST
        public FormValidation doCheckExternalId(@QueryParameter String value) {
            return FieldChecks.checkRequired(value, ReadAccess.Role::externalIdProblem);
        }

        /**
         * Asks the Palette of the same form, from the controller, for the trust policy that the role needs. Changes nothing.
         *
         * @param arn of the role, which says in which partition of AWS it is; may not be known yet
         */
        @POST
        public FormValidation doShowTrustPolicy(
                @AncestorInPath Item item,
                @QueryParameter String arn,
                @QueryParameter String url,
                @QueryParameter String credentialsId,
                @QueryParameter String caCertificate)
                throws InterruptedException {
            return new PaletteConnection(item, url, credentialsId, "", caCertificate)
                    .ask(
                            PaletteConnection.ANY_REGISTRY,
                            palette -> shown(palette.trustPolicy(partition(arn), line -> {})));
        }

        private static String partition(@CheckForNull String arn) {
            return Util.fixNull(arn).strip().startsWith("arn:aws-us-gov:") ? "aws-us-gov" : "aws";
        }

        private static FormValidation shown(TrustPolicy policy) {
            return FormValidation.okWithMarkup(
                    Util.escape(Messages.RoleReader_trustPolicy(policy.accountId(), policy.externalId())) + "<pre>"
                            + Util.escape(policy.json()) + "</pre>");
        }
    }
}
