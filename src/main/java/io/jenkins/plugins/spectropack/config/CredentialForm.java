package io.jenkins.plugins.spectropack.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * How registries and Palette list, check and find their credentials, for those who may. Wherever a URL is asked for, it is that of
 * the server that gets the login, and credentials whose domain is another one are left out; null where it is not known. Runs on
 * the controller.
 *
 * @param type of the credentials
 * @param missing the sentence for an id that is not that of such a credential, or not one that the job may use
 */
record CredentialForm<C extends StandardCredentials>(Class<C> type, UnaryOperator<String> missing) {

    /** The credential for a run, whose use is recorded. */
    C find(String id, Run<?, ?> run, @CheckForNull String url) throws AbortException {
        C credential = CredentialsProvider.findCredentialById(id, type, run, requirements(url));
        if (credential == null) {
            throw new AbortException(missing.apply(id));
        }
        CredentialsProvider.track(run, credential);
        return credential;
    }

    /** The credential as the item's own jobs find it; null if it is not there or not for them. */
    @CheckForNull
    C find(String id, @CheckForNull Item item, @CheckForNull String url) {
        return CredentialsProvider.findCredentialByIdInItem(id, type, item, authentication(item), requirements(url));
    }

    /** Credentials that the job may use, and the present value. */
    ListBoxModel items(@CheckForNull Item item, @CheckForNull String current, @CheckForNull String url) {
        StandardListBoxModel model = new StandardListBoxModel();
        if (FieldChecks.isTooLong(current, FieldChecks.LINE)) {
            return model;
        }
        if (!mayList(item)) {
            return model.includeCurrentValue(current);
        }
        return model.includeEmptyValue()
                .includeMatchingAs(authentication(item), item, type, requirements(url), credential -> true)
                .includeCurrentValue(current);
    }

    /** Says whether a credential exists, to those who may know. */
    FormValidation check(@CheckForNull Item item, @CheckForNull String value, @CheckForNull String url) {
        String id = Util.fixEmptyAndTrim(value);
        if (id == null || !mayList(item)) {
            return FormValidation.ok();
        }
        if (FieldChecks.isTooLong(id, FieldChecks.LINE)) {
            return FormValidation.error(Messages.FieldChecks_tooLong(id.length(), FieldChecks.LINE));
        }
        if (FieldChecks.hasVariable(id)) {
            return FormValidation.ok(Messages.CredentialForm_expression());
        }
        return find(id, item, url) == null ? FormValidation.error(missing.apply(id)) : FormValidation.ok();
    }

    /** How the log names a credential. */
    static String source(StandardCredentials credential) {
        return "the credential '" + credential.getId() + "'";
    }

    /** Lets only those pass who may have a connection tried. */
    static void checkMayTest(@CheckForNull Item item) {
        if (item == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            item.checkPermission(Item.CONFIGURE);
        }
    }

    /** Why a connection cannot be tried: a value of one line is too long, or known only when the job runs. Null if it can be. */
    @CheckForNull
    static FormValidation cannotTest(String... values) {
        for (String value : values) {
            if (FieldChecks.isTooLong(value, FieldChecks.LINE)) {
                return FormValidation.error(Messages.FieldChecks_tooLong(value.length(), FieldChecks.LINE));
            }
            if (FieldChecks.hasVariable(value)) {
                return FormValidation.warning(Messages.CredentialForm_testVariable(value));
            }
        }
        return null;
    }

    /** None where the URL is not known yet, so that nobody misses a credential in a form. */
    private static List<DomainRequirement> requirements(@CheckForNull String url) {
        String known = Util.fixEmptyAndTrim(url);
        return known == null || FieldChecks.hasVariable(known) || FieldChecks.isTooLong(known, FieldChecks.LINE)
                ? List.of()
                : URIRequirementBuilder.fromUri(known).build();
    }

    private static boolean mayList(@CheckForNull Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    private static Authentication authentication(@CheckForNull Item item) {
        return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
    }
}
