package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_ACCEPTED;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;
import static java.net.HttpURLConnection.HTTP_OK;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import land.oras.Descriptor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a registry tells of itself. Source: OCI distribution specification 1.1, "Content Discovery" and "Content Management";
 * for {@code _catalog}, which that specification leaves to registries: distribution project, "Listing Repositories".
 */
final class OciInventory implements Inventory {

    private static final int PAGE = 1000;
    private static final int PAGE_LIMIT = 16 * 1024 * 1024;
    private static final int MOST_PAGES = 10_000;

    private final OciClient client;

    OciInventory(OciClient client) {
        this.client = client;
    }

    @Override
    public List<String> repositories(String below) throws RegistryException, InterruptedException {
        URI first = client.address().origin().resolve("/v2/_catalog?n=" + PAGE);
        try {
            return list("Listing repositories", "", first, "repositories");
        } catch (RegistryException e) {
            if (e.status() == 0 || e.isTransient()) {
                throw e;
            }
            throw RegistryException.permanent(
                    e.getMessage() + " This registry does not tell which packs it has: name the packs.", e);
        }
    }

    @Override
    public List<String> tags(String repository) throws RegistryException, InterruptedException {
        URI first = client.uri(repository, "tags/list?n=" + PAGE);
        try {
            return list("Listing versions of " + repository, repository, first, "tags");
        } catch (RegistryException e) {
            if (e.status() == HTTP_NOT_FOUND) {
                return List.of();
            }
            throw e;
        }
    }

    @Override
    public List<StoredVersion> versions(String repository) throws RegistryException, InterruptedException {
        List<StoredVersion> versions = new ArrayList<>();
        for (String tag : tags(repository)) {
            client.manifest(repository, tag)
                    .ifPresent(manifest -> versions.add(new StoredVersion(
                            tag, manifest.digest(), manifest.layer().map(Descriptor::getSize), Optional.empty())));
        }
        return versions;
    }

    private List<String> list(String what, String repository, URI first, String key)
            throws RegistryException, InterruptedException {
        Set<String> names = new HashSet<>();
        Optional<URI> next = Optional.of(first);
        for (int page = 0; next.isPresent(); page++) {
            if (page == MOST_PAGES) {
                throw RegistryException.permanent(
                        what + " failed: " + client.address().host() + " gave more than " + MOST_PAGES + " pages.");
            }
            URI uri = next.get();
            OciRequest request = OciRequest.get(what, repository, uri);
            Page answer = client.run(() ->
                    client.send(request, response -> new Page(response.bytes(PAGE_LIMIT), response.header("Link"))));
            names.addAll(names(what, answer.content(), key));
            next = answer.link().flatMap(link -> next(uri, link));
        }
        return names.stream().sorted().toList();
    }

    private record Page(byte[] content, Optional<String> link) {}

    private List<String> names(String what, byte[] content, String key) throws RegistryException {
        try {
            JsonNode names = JsonMapper.shared().readTree(content).path(key);
            return names.valueStream()
                    .filter(JsonNode::isString)
                    .map(JsonNode::stringValue)
                    .toList();
        } catch (JacksonException e) {
            throw RegistryException.permanent(
                    what + " failed: " + client.address().host() + " answered with something that is no JSON.", e);
        }
    }

    /** Source: RFC 5988, as far as registries use it: {@code <URL>; rel="next"}. Other hosts are not asked. */
    private Optional<URI> next(URI present, String link) {
        int start = link.indexOf('<');
        int end = link.indexOf('>', start + 1);
        if (start < 0 || end < 0 || !link.contains("next")) {
            return Optional.empty();
        }
        try {
            return Optional.of(present.resolve(link.substring(start + 1, end)))
                    .filter(uri -> client.address().isSameOrigin(uri) && !uri.equals(present));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * By digest where no other version has the same content, since that is what most registries take; else by tag, which few
     * do.
     */
    @Override
    public Map<String, String> delete(String repository, List<StoredVersion> versions)
            throws RegistryException, InterruptedException {
        Set<String> going = versions.stream().map(StoredVersion::version).collect(Collectors.toSet());
        Map<String, String> staying = new HashMap<>();
        for (StoredVersion present : versions(repository)) {
            if (!going.contains(present.version())) {
                staying.put(present.digest(), present.version());
            }
        }
        Map<String, String> problems = new HashMap<>();
        Set<String> gone = new HashSet<>();
        for (StoredVersion version : versions) {
            String other = staying.get(version.digest());
            try {
                if (other != null) {
                    delete(repository, version.version());
                } else if (gone.add(version.digest())) {
                    delete(repository, version.digest());
                }
            } catch (RegistryException e) {
                problems.put(
                        version.version(),
                        other == null
                                ? e.getMessage()
                                : e.getMessage() + " It has the same content as " + other
                                        + ", which stays, and this registry can only delete both.");
            }
        }
        return problems;
    }

    private void delete(String repository, String reference) throws RegistryException, InterruptedException {
        OciRequest request = OciRequest.delete(
                        "Deleting " + repository + (reference.contains(":") ? "@" : ":") + reference,
                        repository,
                        client.uri(repository, "manifests/" + reference))
                .accepting(HTTP_ACCEPTED, HTTP_OK, HTTP_NOT_FOUND);
        client.run(() -> client.send(request, response -> response.status()));
    }
}
