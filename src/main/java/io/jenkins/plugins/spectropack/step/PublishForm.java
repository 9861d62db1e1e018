package io.jenkins.plugins.spectropack.step;

import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The form for publishing that the Pipeline step and the build step share: what it offers and checks. Runs on the controller. */
@Restricted(NoExternalUse.class)
public interface PublishForm extends TransferForm, ValidateForm {}
