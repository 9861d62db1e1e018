package io.jenkins.plugins.spectropack.engine.registry;

import software.amazon.awssdk.core.exception.SdkClientException;

/** That a source of AWS credentials which somebody meant to be used has none; its message is a sentence for that person. */
final class MissingCredentials extends SdkClientException {

    private static final long serialVersionUID = 1L;

    private MissingCredentials(String message, Throwable cause) {
        super(SdkClientException.builder().message(message).cause(cause));
    }

    /**
     * Takes the sentence.
     *
     * @param cause null where there is none
     */
    static MissingCredentials because(String message, Throwable cause) {
        return new MissingCredentials(message, cause);
    }
}
