package io.jenkins.plugins.spectropack.result;

import hudson.Extension;
import java.io.IOException;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.ProxyWhitelist;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.StaticWhitelist;

/**
 * Lets sandboxed Pipelines read what the step returns. A list rather than annotations, because the class belongs to the
 * engine, which knows nothing of Jenkins.
 */
@Extension
public final class PublishedPackWhitelist extends ProxyWhitelist {

    /** Reads the list. */
    public PublishedPackWhitelist() throws IOException {
        super(StaticWhitelist.from(PublishedPackWhitelist.class.getResource("published-pack-whitelist")));
    }
}
