package io.jenkins.plugins.spectropack.engine.registry;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;

/** The token of ECR, fetched again when the registry refuses it. ECR gives it for 12 hours; it is kept in this object only. */
final class EcrLogin implements Authentication {

    private final EcrApi api;
    private final AwsSigner signer;
    private RegistryCredentials credentials;
    private AuthorizationData data;

    /** Takes the API that gives the token, and who is told of refusals. */
    EcrLogin(EcrApi api, AwsSigner signer) {
        this.api = api;
        this.signer = signer;
    }

    /** Fetches the first token, and with it the registry's address. */
    synchronized AuthorizationData first() throws RegistryException, InterruptedException {
        fetch();
        return data;
    }

    private void fetch() throws RegistryException, InterruptedException {
        data = api.authorizationToken();
        try {
            credentials = RegistryCredentials.ofToken(data.authorizationToken());
        } catch (IllegalArgumentException e) {
            throw RegistryException.permanent(
                    "GetAuthorizationToken failed: ECR answered with a token that is not base64 of USER:PASSWORD.");
        }
    }

    @Override
    public synchronized Optional<String> header(String repository) throws RegistryException, InterruptedException {
        if (credentials == null) {
            fetch();
        }
        return Optional.of(credentials.basicAuthorization());
    }

    @Override
    public synchronized boolean refused(String repository, Optional<String> header, List<String> challenges) {
        if (credentials != null && header.equals(Optional.of(credentials.basicAuthorization()))) {
            credentials = null;
        }
        return true;
    }

    @Override
    public void failed(RegistryException failure) {
        signer.refused(failure);
    }
}
