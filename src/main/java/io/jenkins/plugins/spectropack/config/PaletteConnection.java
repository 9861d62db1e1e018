package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.Secret;
import io.jenkins.plugins.spectropack.engine.palette.Palette;
import io.jenkins.plugins.spectropack.engine.palette.PaletteException;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.palette.RegistryCheck;
import io.jenkins.plugins.spectropack.engine.palette.RegistryPlace;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Palette as a form describes it, to be asked from the controller, with a credential of the job's own context and by those who may.
 *
 * @param item the job; null for the global configuration
 * @param url of Palette's API; blank for the default
 * @param credentialsId the id of a secret text, the API key
 * @param projectUid blank for the whole tenant
 * @param caCertificate in PEM; blank for what Java trusts
 */
record PaletteConnection(
        @CheckForNull Item item,
        @CheckForNull String url,
        @CheckForNull String credentialsId,
        @CheckForNull String projectUid,
        @CheckForNull String caCertificate) {

    static final CredentialForm<StringCredentials> CREDENTIALS =
            new CredentialForm<>(StringCredentials.class, Messages::PaletteSettings_credentialMissing);

    /** A name for questions that are not about one registry. */
    static final String ANY_REGISTRY = "-";

    /** What is asked, and what is said of the answer. */
    @FunctionalInterface
    interface Question {
        FormValidation ask(Palette palette) throws PaletteException, InterruptedException;
    }

    /**
     * Asks for a registry. Changes nothing.
     *
     * @param isAdded whether the registry will be added if it is not there
     * @param pushedUrl where packs are pushed to in the same form; blank if it does not say
     * @param pushedPath what packs go below there; blank if the form does not say
     */
    FormValidation test(@CheckForNull String registryName, boolean isAdded, String pushedUrl, String pushedPath)
            throws InterruptedException {
        return ask(registryName, palette -> said(palette.test(isAdded), pushedUrl, pushedPath));
    }

    /** Asks, once: nobody waits for retries in a form. */
    FormValidation ask(@CheckForNull String registryName, Question question) throws InterruptedException {
        CredentialForm.checkMayTest(item);
        String id = Util.fixEmptyAndTrim(credentialsId);
        FormValidation obstacle = CredentialForm.cannotTest(url, id, registryName, projectUid);
        if (obstacle != null) {
            return obstacle;
        }
        FormValidation certificate =
                FieldChecks.checkLines(caCertificate, text -> TlsTrust.problem(text, Setting.PALETTE_CA_CERTIFICATE));
        if (certificate.kind != FormValidation.Kind.OK) {
            return certificate;
        }
        if (id == null) {
            return FormValidation.error(Messages.PaletteSettings_credentialNone());
        }
        StringCredentials credential = CREDENTIALS.find(id, item, url);
        if (credential == null) {
            return FormValidation.error(Messages.PaletteSettings_credentialMissing(id));
        }
        try {
            PaletteTarget target = PaletteTarget.builder(Secret.toString(credential.getSecret()))
                    .url(url)
                    .registryName(registryName)
                    .projectUid(projectUid)
                    .caCertificates(caCertificate)
                    .build();
            try (SdkHttpClient http = ControllerClient.make(target.trust())) {
                return question.ask(
                        new Palette(target, http, Limits.ofEntryPoint().withoutRetries()));
            }
        } catch (IllegalArgumentException | PaletteException e) {
            return FormValidation.error(Objects.toString(e.getMessage()));
        }
    }

    private static FormValidation said(RegistryCheck check, String pushedUrl, String pushedPath) {
        List<String> said = new ArrayList<>(List.of(check.found()));
        said.addAll(check.problems());
        check.reads().flatMap(reads -> mismatch(reads, pushedUrl, pushedPath)).ifPresent(said::add);
        String text = String.join(" ", said);
        return said.size() == 1 ? FormValidation.ok(text) : FormValidation.warning(text);
    }

    private static Optional<String> mismatch(RegistryPlace reads, String pushedUrl, String pushedPath) {
        if (pushedPath.isBlank() || CredentialForm.cannotTest(pushedUrl, pushedPath) != null) {
            return Optional.empty();
        }
        // The host of a registry of ECR is known only after a login there.
        RegistryPlace pushed = new RegistryPlace(pushedUrl.isBlank() ? reads.host() : pushedUrl, pushedPath);
        return pushed.equals(reads)
                ? Optional.empty()
                : Optional.of(
                        Messages.PaletteSettings_mismatch(pushedUrl.isBlank() ? pushed.basePath() : pushed.toString()));
    }
}
