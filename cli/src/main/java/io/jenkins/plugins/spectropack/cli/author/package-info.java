/**
 * What an author of packs does at a desk: starts a pack from charts and manifests, and raises one to a new version. Knows the
 * rules of {@code engine.pack}, nothing of registries; the commands {@code init} and {@code bump} stand before it.
 */
package io.jenkins.plugins.spectropack.cli.author;
