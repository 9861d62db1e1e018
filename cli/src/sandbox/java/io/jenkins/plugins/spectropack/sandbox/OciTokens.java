package io.jenkins.plugins.spectropack.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tokens that were handed out, each for one repository or for none. */
final class OciTokens {

    private final Map<String, String> repositoryByToken = new HashMap<>();
    private final List<String> issued = new ArrayList<>();

    synchronized String issue(String repository) {
        String token = UUID.randomUUID().toString();
        repositoryByToken.put(token, repository);
        issued.add(token);
        return token;
    }

    synchronized void expireAll() {
        repositoryByToken.clear();
    }

    synchronized List<String> issued() {
        return List.copyOf(issued);
    }

    /** The repository that a token is good for, which may be none; nothing for a token that is not known or has run out. */
    synchronized Optional<String> repository(String token) {
        return Optional.ofNullable(repositoryByToken.get(token));
    }
}
