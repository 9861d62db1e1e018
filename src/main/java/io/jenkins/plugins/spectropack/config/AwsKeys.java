package io.jenkins.plugins.spectropack.config;

import java.io.Serializable;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * An AWS access key on its way from the controller to an agent. The SDK's own classes cannot be sent. Never stored; shows
 * nothing when it is printed.
 */
final class AwsKeys implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String accessKeyId;
    private final String secretAccessKey;
    private final String sessionToken;

    AwsKeys(AwsCredentials credentials) {
        accessKeyId = Objects.requireNonNull(credentials.accessKeyId());
        secretAccessKey = Objects.requireNonNull(credentials.secretAccessKey());
        sessionToken = credentials instanceof AwsSessionCredentials session ? session.sessionToken() : null;
    }

    AwsCredentials toCredentials() {
        return sessionToken == null
                ? AwsBasicCredentials.create(accessKeyId, secretAccessKey)
                : AwsSessionCredentials.create(accessKeyId, secretAccessKey, sessionToken);
    }

    @Override
    public String toString() {
        return "AwsKeys[hidden]";
    }
}
