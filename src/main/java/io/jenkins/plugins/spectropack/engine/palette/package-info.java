/**
 * What Palette is asked after packs were pushed: to sync the registry, and whether it lists them. Free of Jenkins and of the
 * {@code pack} and {@code registry} packages; runs wherever the entry point runs it, in Jenkins on the agent.
 */
package io.jenkins.plugins.spectropack.engine.palette;
