package io.jenkins.plugins.spectropack;

import com.amazonaws.auth.AWSCredentials;
import com.cloudbees.jenkins.plugins.awscredentials.BaseAmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.spectropack.sandbox.EcrSandbox;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** A credential that gives a session, as one with a role does, without asking STS. */
final class RoleCredential extends BaseAmazonWebServicesCredentials {

    private static final long serialVersionUID = 1L;

    private final String accessKeyId;
    private final String secretAccessKey;
    private final String sessionToken;

    RoleCredential(String id, EcrSandbox sandbox) {
        super(CredentialsScope.GLOBAL, id, "");
        accessKeyId = sandbox.accessKeyId();
        secretAccessKey = sandbox.secretAccessKey();
        sessionToken = sandbox.sessionToken().orElseThrow();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return AwsSessionCredentials.create(accessKeyId, secretAccessKey, sessionToken);
    }

    @Override
    public AwsCredentials resolveCredentials(String mfaToken) {
        return resolveCredentials();
    }

    @Override
    public String getDisplayName() {
        return getId();
    }

    @Override
    public AWSCredentials getCredentials() {
        throw new UnsupportedOperationException();
    }

    @Override
    public AWSCredentials getCredentials(String mfaToken) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void refresh() {}
}
