/**
 * A double of Amazon ECR on loopback: its API, its OCI registry and the storage its registry redirects to, with faults on
 * request. It serves the demonstration of the command line and the tests; no credential of it is worth anything elsewhere.
 * Where AWS documents no wording or status, the double answers what users of ECR reported.
 */
package io.jenkins.plugins.spectropack.sandbox;
