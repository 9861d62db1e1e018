package io.jenkins.plugins.spectropack.step;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.ExtensionList;
import io.jenkins.plugins.spectropack.config.DefaultRegistry;
import io.jenkins.plugins.spectropack.config.Defaults;
import io.jenkins.plugins.spectropack.config.EcrRegistry;
import io.jenkins.plugins.spectropack.config.PackRegistry;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the forms of all steps share: a registry to choose. Runs on the controller. */
@Restricted(NoExternalUse.class)
public interface RegistryForm {

    /**
     * What the form shows where no registry is stored: nothing chosen, but in a new step of a Jenkins without a default the one
     * that there is to choose.
     */
    default PackRegistry.PackRegistryDescriptor registryDescriptor(@CheckForNull Object instance) {
        boolean choose = instance == null && Defaults.registry(Defaults.configured()) == null;
        return choose
                ? ExtensionList.lookupSingleton(EcrRegistry.DescriptorImpl.class)
                : ExtensionList.lookupSingleton(DefaultRegistry.DescriptorImpl.class);
    }
}
