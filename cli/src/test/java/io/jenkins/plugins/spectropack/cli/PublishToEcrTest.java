package io.jenkins.plugins.spectropack.cli;

/** ECR. */
class PublishToEcrTest extends PublishToAnyRegistry {

    PublishToEcrTest() {
        super(TestedRegistry.Kind.ECR);
    }
}
