/**
 * The use case: find packs, check, archive, provision, push, verify, and have Palette list them. Free of Jenkins; runs
 * wherever the entry point runs it, in Jenkins on the agent.
 */
package io.jenkins.plugins.spectropack.engine.publish;
