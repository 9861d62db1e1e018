package io.jenkins.plugins.spectropack.cli;

/** A registry that asks for tokens. */
class PublishToBearerRegistryTest extends PublishToAnyRegistry {

    PublishToBearerRegistryTest() {
        super(TestedRegistry.Kind.BEARER);
    }
}
