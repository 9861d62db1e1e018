package io.jenkins.plugins.spectropack.cli;

/** A registry that asks for user name and password. */
class PublishToBasicRegistryTest extends PublishToAnyRegistry {

    PublishToBasicRegistryTest() {
        super(TestedRegistry.Kind.BASIC);
    }
}
