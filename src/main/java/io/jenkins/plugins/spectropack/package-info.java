/**
 * The Jenkins side of the Spectro Pack Publisher: the Pipeline step, the build step, the registries that a user picks, and
 * what a build keeps. Only {@link io.jenkins.plugins.spectropack.agent.PublishCallable} and what it carries runs on agents.
 */
package io.jenkins.plugins.spectropack;
