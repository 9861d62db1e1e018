/** The engine as a command line. Needs nothing of Jenkins. */
package io.jenkins.plugins.spectropack.cli;
