/**
 * What a job runs: the Pipeline step, the build step of freestyle jobs, and what both share. Runs on the controller, and sends
 * the work to the agent.
 */
package io.jenkins.plugins.spectropack.step;
