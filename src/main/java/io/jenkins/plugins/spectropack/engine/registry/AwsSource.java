package io.jenkins.plugins.spectropack.engine.registry;

/**
 * A place that AWS credentials come from.
 *
 * @param words within a sentence: "with ..."
 * @param opening has a session sign with them
 */
record AwsSource(String words, Opening opening) {

    /** Tells a session how its credentials are come by. Asks nobody yet. */
    @FunctionalInterface
    interface Opening {

        /**
         * Adds to a session.
         *
         * @throws RegistryException with a sentence if what is set cannot be meant
         */
        void open(AwsSession session) throws RegistryException;
    }
}
