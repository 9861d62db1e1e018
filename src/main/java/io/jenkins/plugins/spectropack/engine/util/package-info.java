/**
 * What several packages of the engine need: the one HTTP transport, time limits, retries, certificates, proxies, and words for
 * what goes wrong with a server. Knows none of the other packages. Free of Jenkins; runs wherever the entry point runs it, in
 * Jenkins on the agent.
 */
package io.jenkins.plugins.spectropack.engine.util;
