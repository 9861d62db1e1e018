package io.jenkins.plugins.spectropack.sandbox;

/** How a registry with a user name and a password behaves where registries differ, as their users recorded it. */
public enum OciBehaviour {

    /** The reference registry with a file of users. Source: distribution project, "htpasswd", "Errors". */
    DISTRIBUTION("", ""),

    /**
     * Harbor: tokens; projects must be there; a refused login is answered with a challenge for Basic; a token for nothing is not
     * taken at {@code /v2/}. Source: goharbor/harbor issues 9317, 13988, 17930, 18461, 18856, 20544, 23799.
     */
    HARBOR("/service/token", "harbor-registry"),

    /** GitHub's registry: tokens; a push that is not allowed is {@code DENIED}. Source: tuna-os/tunaOS issue 642. */
    GHCR("/token", "ghcr.io"),

    /** zot with a file of users: a user who may not do something gets 403. Source: project-zot/zot pull request 1727. */
    ZOT("", "");

    private final String tokenPath;
    private final String service;

    OciBehaviour(String tokenPath, String service) {
        this.tokenPath = tokenPath;
        this.service = service;
    }

    boolean hasTokens() {
        return !tokenPath.isEmpty();
    }

    String tokenPath() {
        return tokenPath;
    }

    String service() {
        return service;
    }
}
