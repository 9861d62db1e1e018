/**
 * What a pack is: its metadata, its checks and its reproducible archive. Free of Jenkins and of the {@code registry} package;
 * runs where the pack's files lie, in Jenkins on the agent.
 */
package io.jenkins.plugins.spectropack.engine.pack;
