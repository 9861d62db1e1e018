/**
 * Where packs go: ECR (login, provisioning), basic OCI registries, and the push through the ORAS Java SDK behind one small
 * port. Free of Jenkins and of the {@code pack} room; runs wherever the front door runs it, in Jenkins on the agent.
 */
package io.jenkins.plugins.spectropack.engine.registry;
