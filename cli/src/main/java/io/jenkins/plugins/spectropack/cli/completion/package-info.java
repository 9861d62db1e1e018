/** Scripts with which shells complete what is typed, made of the options and arguments that commands declare. */
package io.jenkins.plugins.spectropack.cli.completion;
