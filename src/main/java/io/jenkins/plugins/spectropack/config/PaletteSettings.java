package io.jenkins.plugins.spectropack.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.spectropack.engine.palette.PaletteTarget;
import io.jenkins.plugins.spectropack.engine.palette.PaletteUrl;
import io.jenkins.plugins.spectropack.engine.palette.ReadAccess;
import io.jenkins.plugins.spectropack.engine.util.Setting;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.util.Optional;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/**
 * Has Palette sync the registry, adding it first where that is asked for, and looks whether it lists the packs:
 * {@code palette(registryName: ..., credentialsId: ..., register: ...)}.
 */
@Restricted(NoExternalUse.class)
public final class PaletteSettings extends PaletteChoice {

    private static final long serialVersionUID = 1L;

    private final String registryName;
    private final String credentialsId;
    private String url;
    private String projectUid;
    private boolean wait = true;
    private int timeoutMinutes = PaletteTarget.DEFAULT_TIMEOUT_MINUTES;
    private boolean alwaysSync;
    private String onFailure;
    private RegistryReader register;
    private String caCertificate;

    /**
     * Names a registry in Palette.
     *
     * @param registryName its name there
     * @param credentialsId the id of a secret text, the API key
     */
    @DataBoundConstructor
    public PaletteSettings(String registryName, String credentialsId) {
        this.registryName = Util.fixNull(registryName).strip();
        this.credentialsId = Util.fixNull(credentialsId).strip();
    }

    /** The name that the registry has in Palette. */
    public String getRegistryName() {
        return registryName;
    }

    /** The id of a secret text, the API key. */
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Palette's API. */
    @NonNull
    public String getUrl() {
        return url == null ? PaletteTarget.DEFAULT_URL : url;
    }

    @DataBoundSetter
    public void setUrl(@CheckForNull String url) {
        String given = Util.fixEmptyAndTrim(url);
        this.url = PaletteTarget.DEFAULT_URL.equals(given) ? null : given;
    }

    /** The uid of the project to ask in; null for the whole tenant. */
    @CheckForNull
    public String getProjectUid() {
        return projectUid;
    }

    @DataBoundSetter
    public void setProjectUid(@CheckForNull String projectUid) {
        this.projectUid = Util.fixEmptyAndTrim(projectUid);
    }

    /** Whether to wait for the sync, and to look whether the packs are listed. */
    public boolean isWait() {
        return wait;
    }

    @DataBoundSetter
    public void setWait(boolean wait) {
        this.wait = wait;
    }

    /** How many minutes to wait in all, for the sync and for the list. */
    public int getTimeoutMinutes() {
        return timeoutMinutes;
    }

    @DataBoundSetter
    public void setTimeoutMinutes(int timeoutMinutes) {
        this.timeoutMinutes = timeoutMinutes;
    }

    /** Whether to sync even if no pack is new in the registry. */
    public boolean isAlwaysSync() {
        return alwaysSync;
    }

    @DataBoundSetter
    public void setAlwaysSync(boolean alwaysSync) {
        this.alwaysSync = alwaysSync;
    }

    /** The name of an {@link OnFailure}, or a variable that holds one. */
    @NonNull
    public String getOnFailure() {
        return onFailure == null ? OnFailure.UNSTABLE.name() : onFailure;
    }

    @DataBoundSetter
    public void setOnFailure(@CheckForNull String onFailure) {
        String name = Choices.name(onFailure);
        this.onFailure = OnFailure.UNSTABLE.name().equals(name) ? null : name;
    }

    /** What Palette shall read the registry with if it is not there and is added; null never to add it. */
    @CheckForNull
    public RegistryReader getRegister() {
        return register;
    }

    @DataBoundSetter
    public void setRegister(@CheckForNull RegistryReader register) {
        this.register = RegistryReader.chosen(register);
    }

    /** Certificates of private CAs in PEM that Palette's own may come from, besides those of Java; null for none. */
    @CheckForNull
    public String getCaCertificate() {
        return caCertificate;
    }

    @DataBoundSetter
    public void setCaCertificate(@CheckForNull String caCertificate) {
        this.caCertificate = Util.fixEmptyAndTrim(caCertificate);
    }

    @Override
    public PaletteSettings expand(Variables variables) {
        PaletteSettings expanded =
                new PaletteSettings(variables.expand(registryName), variables.expandId(credentialsId));
        expanded.setUrl(variables.expand(url));
        expanded.setProjectUid(variables.expand(projectUid));
        expanded.setWait(wait);
        expanded.setTimeoutMinutes(timeoutMinutes);
        expanded.setAlwaysSync(alwaysSync);
        expanded.setOnFailure(variables.expand(onFailure));
        expanded.setRegister(register == null ? null : register.expand(variables));
        expanded.setCaCertificate(caCertificate);
        return expanded;
    }

    @Override
    public boolean failsBuild() throws AbortException {
        try {
            return Choices.parse(OnFailure.class, "onFailure", getOnFailure()) == OnFailure.FAILURE;
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    @Override
    public Optional<PaletteTarget> connect(Run<?, ?> run, boolean startsOver) throws AbortException {
        if (credentialsId.isEmpty()) {
            throw new AbortException(Messages.PaletteSettings_credentialNone());
        }
        Secret apiKey =
                PaletteConnection.CREDENTIALS.find(credentialsId, run, getUrl()).getSecret();
        ReadAccess access = register == null ? null : register.access(run);
        try {
            return Optional.of(PaletteTarget.builder(Secret.toString(apiKey))
                    .url(url)
                    .registryName(registryName)
                    .projectUid(projectUid)
                    .waits(wait)
                    .timeoutMinutes(timeoutMinutes)
                    .alwaysSync(alwaysSync || startsOver)
                    .caCertificates(caCertificate)
                    .register(access)
                    .build());
        } catch (IllegalArgumentException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** Describes {@link PaletteSettings}. */
    @Extension(ordinal = 2)
    @Symbol("palette")
    public static final class DescriptorImpl extends PaletteChoiceDescriptor {

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.PaletteSettings_displayName();
        }

        /** Secret texts that the job may use, and the present value. */
        @POST
        public ListBoxModel doFillCredentialsIdItems(
                @AncestorInPath Item item, @QueryParameter String credentialsId, @QueryParameter String url) {
            return PaletteConnection.CREDENTIALS.items(item, credentialsId, url);
        }

        /** The choices for {@code onFailure}, and the present value. */
        @POST
        public ListBoxModel doFillOnFailureItems(@QueryParameter String onFailure) {
            ListBoxModel items = new ListBoxModel();
            items.add(Messages.PaletteSettings_unstable(), OnFailure.UNSTABLE.name());
            items.add(Messages.PaletteSettings_failure(), OnFailure.FAILURE.name());
            return Choices.with(onFailure, items);
        }

        /** Says whether a credential is given and exists, to those who may know. */
        @POST
        public FormValidation doCheckCredentialsId(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String url) {
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.PaletteSettings_credentialNone())
                    : PaletteConnection.CREDENTIALS.check(item, value, url);
        }

        /** Checks the form of a URL. Asks nobody. */
        @POST
        public FormValidation doCheckUrl(@QueryParameter String value) {
            return FieldChecks.check(value, PaletteUrl::problem);
        }

        /** Checks that a registry is named. Asks nobody. */
        @POST
        public FormValidation doCheckRegistryName(@QueryParameter String value) {
            return FieldChecks.checkRequired(value, PaletteTarget::registryNameProblem);
        }

        /** Checks the form of a uid. Asks nobody. */
        @POST
        public FormValidation doCheckProjectUid(@QueryParameter String value) {
            return FieldChecks.check(value, PaletteTarget::projectUidProblem);
        }

        /** Checks that minutes are a number, and not too many. */
        @POST
        public FormValidation doCheckTimeoutMinutes(@QueryParameter String value) {
            FormValidation number = FormValidation.validatePositiveInteger(value);
            return number.kind == FormValidation.Kind.OK
                    ? FieldChecks.check(value, text -> PaletteTarget.timeoutProblem(Integer.parseInt(text)))
                    : number;
        }

        /** Checks that certificates are in PEM. Asks nobody. */
        @POST
        public FormValidation doCheckCaCertificate(@QueryParameter String value) {
            return FieldChecks.checkLines(value, text -> TlsTrust.problem(text, Setting.PALETTE_CA_CERTIFICATE));
        }

        /**
         * Asks Palette for the registry, from the controller and with a credential of the job's own context. Changes nothing.
         *
         * @param pushedUrl the URL of the registry in the same form, if there is one
         * @param pushedPath what packs go below there, if the form says it
         * @param reader the class of what is chosen in the same form for a registry that is not there, if the form says it
         */
        @POST
        public FormValidation doTestConnection(
                @AncestorInPath Item item,
                @QueryParameter String url,
                @QueryParameter String credentialsId,
                @QueryParameter String registryName,
                @QueryParameter String projectUid,
                @QueryParameter String caCertificate,
                @QueryParameter String pushedUrl,
                @QueryParameter String pushedPath,
                @QueryParameter String reader)
                throws InterruptedException {
            boolean isAdded = !Util.fixNull(reader).isEmpty() && !reader.equals(NoReader.class.getName());
            return new PaletteConnection(item, url, credentialsId, projectUid, caCertificate)
                    .test(registryName, isAdded, Util.fixNull(pushedUrl), Util.fixNull(pushedPath));
        }
    }
}
