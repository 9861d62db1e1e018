package io.jenkins.plugins.spectropack.config;

/** What a build becomes if Palette cannot sync the registry, or does not list a pack. */
enum OnFailure {
    UNSTABLE,
    FAILURE
}
