package io.jenkins.plugins.spectropack.engine.registry;

/** What is known about a tag before anything is pushed. */
public sealed interface TagState {

    /** There is no such tag. */
    record Absent() implements TagState {}

    /** There is no such repository. */
    record NoRepository() implements TagState {}

    /**
     * The registry does not let these credentials look.
     *
     * @param reason the registry's refusal
     */
    record Unreadable(String reason) implements TagState {}

    /** The tag points to a manifest. */
    record Present(RemoteManifest manifest) implements TagState {}
}
