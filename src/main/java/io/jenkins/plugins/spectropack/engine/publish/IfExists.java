package io.jenkins.plugins.spectropack.engine.publish;

/** What to do with a pack whose tag exists already with other content. Equal content is never sent again. */
public enum IfExists {
    /** The pack fails. */
    FAIL,
    /** The tag is moved to the new content. */
    OVERWRITE,
    /** The registry is left as it is, which counts as success. */
    SKIP
}
