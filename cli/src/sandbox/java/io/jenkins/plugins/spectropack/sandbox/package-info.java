/**
 * A fake of Amazon ECR on loopback: its API, its OCI registry and the storage its registry redirects to, with faults on
 * request; beside it fakes of other OCI registries and of Palette. They serve the demonstration of the command line and
 * the tests; no credential of them is worth anything elsewhere. Where AWS documents no wording or status, the fake answers
 * what users of ECR reported.
 */
package io.jenkins.plugins.spectropack.sandbox;
