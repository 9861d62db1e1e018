package io.jenkins.plugins.spectropack.config;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.spectropack.engine.registry.RegistryCredentials;
import java.io.Serializable;

/**
 * A user name and a password on their way from the controller to an agent. Never stored; shows nothing when it is printed.
 */
final class UserAndPassword implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String username;
    private final String password;

    UserAndPassword(StandardUsernamePasswordCredentials credential) {
        username = credential.getUsername();
        password = Secret.toString(credential.getPassword());
    }

    RegistryCredentials toCredentials() {
        return new RegistryCredentials(username, password);
    }

    @Override
    public String toString() {
        return "UserAndPassword[hidden]";
    }
}
