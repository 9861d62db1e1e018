package io.jenkins.plugins.spectropack.config;

import com.cloudbees.plugins.credentials.CredentialsParameterValue;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.AbstractBuild;
import hudson.model.ParametersAction;
import java.util.HashSet;
import java.util.Set;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The variables of a build whose job has no other way to expand them in its settings. Runs on the controller. */
@Restricted(NoExternalUse.class)
public final class Variables {

    private final EnvVars values;
    private final Set<String> credentials = new HashSet<>();

    /**
     * Takes the variables of a build.
     *
     * @param environment of the step
     */
    public Variables(AbstractBuild<?, ?> build, EnvVars environment) {
        values = new EnvVars(environment);
        values.overrideAll(build.getBuildVariables());
        build.getActions(ParametersAction.class).stream()
                .flatMap(parameters -> parameters.getAllParameters().stream())
                .filter(CredentialsParameterValue.class::isInstance)
                .forEach(parameter -> credentials.add(parameter.getName()));
    }

    /** A text with its variables expanded; unknown ones stay. */
    @CheckForNull
    public String expand(@CheckForNull String text) {
        return text == null ? null : values.expand(text);
    }

    /**
     * The id of a credential with its variables expanded, but for one that stands for a credentials parameter as a whole: that is
     * left to the credentials plugin, which looks whether the person who started the build may use what was chosen.
     */
    @CheckForNull
    public String expandId(@CheckForNull String id) {
        for (String name : credentials) {
            String reference = "${" + name + "}";
            if (reference.equals(id) || ("$" + name).equals(id)) {
                return reference;
            }
        }
        return expand(id);
    }
}
