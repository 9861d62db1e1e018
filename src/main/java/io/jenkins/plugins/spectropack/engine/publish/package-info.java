/**
 * The use case: find packs, check, archive, provision, push, verify, and have Palette list them. Free of Jenkins; runs
 * wherever the front door runs it, in Jenkins on the agent.
 */
package io.jenkins.plugins.spectropack.engine.publish;
