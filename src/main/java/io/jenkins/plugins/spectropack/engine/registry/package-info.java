/**
 * Where packs go: ECR (login, provisioning), basic OCI registries, and the push, described by the ORAS Java SDK's model.
 * Free of Jenkins and of the {@code pack} package; runs wherever the entry point runs it, in Jenkins on the agent.
 */
package io.jenkins.plugins.spectropack.engine.registry;
