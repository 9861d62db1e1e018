/**
 * What several rooms of the engine need: time limits, retries, certificates, and words for what goes wrong with a server.
 * Knows none of the other rooms. Free of Jenkins; runs wherever the front door runs it, in Jenkins on the agent.
 */
package io.jenkins.plugins.spectropack.engine.util;
