/**
 * What a user chooses and Jenkins stores: registries, Palette, defaults for all jobs, and the forms of these. Runs on the
 * controller. Holds ids of credentials, and looks the credentials up when a run needs them.
 */
package io.jenkins.plugins.spectropack.config;
