package io.jenkins.plugins.spectropack.config;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.spectropack.engine.registry.AwsIdentity;
import io.jenkins.plugins.spectropack.engine.registry.AwsRole;
import io.jenkins.plugins.spectropack.engine.registry.EcrTarget;
import io.jenkins.plugins.spectropack.engine.registry.RegistryException;
import io.jenkins.plugins.spectropack.engine.registry.RegistryTarget;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.StepEnvironment;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;

/**
 * Who signs requests to a registry of ECR: the credential that it names, or else whoever the step's environment or the agent says; and
 * the role that this one assumes, on the agent. Runs on the controller. What is null is not given.
 *
 * @param region of the registry
 * @param endpoint of the ECR API
 * @param credentialsId of an AWS credential
 * @param roleArn of the role
 * @param externalId that the role's trust policy asks for
 */
record EcrLogin(
        @CheckForNull String region,
        @CheckForNull String endpoint,
        @CheckForNull String credentialsId,
        @CheckForNull String roleArn,
        @CheckForNull String externalId) {

    static final CredentialForm<AmazonWebServicesCredentials> CREDENTIALS =
            new CredentialForm<>(AmazonWebServicesCredentials.class, Messages::EcrRegistry_credentialMissing);

    /**
     * The identity for a step of a run. The use of a credential is recorded.
     *
     * @throws IllegalArgumentException with a sentence if there cannot be such a role
     */
    AwsIdentity ofStep(Run<?, ?> run, StepEnvironment environment, TaskListener listener) throws AbortException {
        AwsIdentity identity = AwsIdentity.ofMachine();
        if (credentialsId != null) {
            AmazonWebServicesCredentials credential = CREDENTIALS.find(credentialsId, run, api(region, endpoint));
            AwsCredentials key = resolve(credential);
            if (key == null) {
                listener.getLogger().println(Messages.EcrRegistry_credentialEmpty(credentialsId));
            } else {
                identity = AwsIdentity.of(key, CredentialForm.source(credential));
            }
        }
        return identity.as(AwsRole.of(roleArn, externalId))
                .in(environment, run.getParent().getFullName() + "-" + run.getNumber());
    }

    /** What a credential gives; null if it holds no access key. */
    @CheckForNull
    static AwsCredentials resolve(AmazonWebServicesCredentials credential) throws AbortException {
        try {
            return credential.resolveCredentials();
        } catch (SdkException e) {
            throw new AbortException(Messages.EcrRegistry_credentialRefused(credential.getId(), e.getMessage()));
        }
    }

    /**
     * Logs in from the controller with the credential as the item's own jobs find it, and says who that is. Changes nothing.
     *
     * @param target makes the registry of an identity
     * @param others further values of the form that may be known only when a job runs
     */
    FormValidation test(@CheckForNull Item item, Function<AwsIdentity, EcrTarget> target, String... others)
            throws InterruptedException {
        if (credentialsId == null) {
            return FormValidation.warning(Messages.EcrRegistry_testNeedsCredential());
        }
        if (region == null) {
            return FormValidation.warning(Messages.EcrRegistry_testNeedsRegion());
        }
        String[] own = {region, credentialsId, roleArn, externalId, endpoint};
        FormValidation obstacle = CredentialForm.cannotTest(
                Stream.concat(Stream.of(others), Stream.of(own)).toArray(String[]::new));
        if (obstacle != null) {
            return obstacle;
        }
        AmazonWebServicesCredentials credential = CREDENTIALS.find(credentialsId, item, api(region, endpoint));
        return credential == null
                ? FormValidation.error(Messages.EcrRegistry_credentialMissing(credentialsId))
                : test(credential, target);
    }

    private FormValidation test(AmazonWebServicesCredentials credential, Function<AwsIdentity, EcrTarget> target)
            throws InterruptedException {
        try (SdkHttpClient http = ControllerClient.make(TlsTrust.DEFAULT)) {
            AwsCredentials key = resolve(credential);
            if (key == null) {
                return FormValidation.warning(Messages.EcrRegistry_testNeedsCredential());
            }
            AwsIdentity identity =
                    AwsIdentity.of(key, CredentialForm.source(credential)).as(AwsRole.of(roleArn, externalId));
            RegistryTarget.Tried tried =
                    target.apply(identity).test(http, Limits.ofEntryPoint().withoutRetries());
            return tried.refusals().isEmpty()
                    ? FormValidation.ok(tried.said())
                    : FormValidation.warning(
                            Messages.EcrRegistry_refused(tried.said(), String.join(" ", tried.refusals())));
        } catch (IllegalArgumentException | AbortException | RegistryException e) {
            return FormValidation.error(Objects.toString(e.getMessage()));
        }
    }

    /** The URL of the API that gets the credential; null where it is not known, as for a region that the SDK does not know. */
    @CheckForNull
    static String api(@CheckForNull String region, @CheckForNull String endpoint) {
        if (Util.fixEmptyAndTrim(endpoint) != null) {
            return endpoint;
        }
        return Region.regions().stream()
                .filter(known -> known.id().equals(region))
                .map(known -> "https://" + EcrClient.serviceMetadata().endpointFor(known))
                .findFirst()
                .orElse(null);
    }
}
