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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import land.oras.Descriptor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a registry tells of itself. Source: OCI distribution specification 1.1, "Content Discovery" and "Content Management";
 * for {@code _catalog}, which that specification leaves to registries: distribution project, "Listing Repositories".
 */
final class OciInventory implements Inventory {

    private static final int PAGE = 1000;
    private static final int PAGE_LIMIT = 16 * 1024 * 1024;

    private final OciClient client;

    OciInventory(OciClient client) {
        this.client = client;
    }

    @Override
    public List<String> repositories(String below) throws RegistryException, InterruptedException {
        URI first = client.address().origin().resolve("/v2/_catalog?n=" + PAGE);
        try {
            return list("Listing repositories", "", first, "repositories", name -> RepositoryNames.isPack(name, below));
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
            return list("Listing versions of " + repository, repository, first, "tags", RepositoryNames::isTag);
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

    private List<String> list(String what, String repository, URI first, String key, Predicate<String> isOne)
            throws RegistryException, InterruptedException {
        Set<String> names = new HashSet<>();
        Pages pages = new Pages(what + " failed: " + client.address().host());
        Optional<URI> next = Optional.of(first);
        while (next.isPresent()) {
            URI uri = next.get();
            pages.next(uri.toString());
            OciRequest request = OciRequest.get(what, repository, uri);
            Page answer = client.run(() ->
                    client.send(request, response -> new Page(response.bytes(PAGE_LIMIT), response.header("Link"))));
            int before = names.size();
            names.addAll(names(what, answer.content(), key, isOne));
            pages.names(names.size() - before);
            next = answer.link().isPresent() ? next(what, uri, answer.link().get()) : Optional.empty();
        }
        return names.stream().sorted().toList();
    }

    private record Page(byte[] content, Optional<String> link) {}

    /** Bit by bit, since all that a page may hold would take a multiple of its length as a whole. */
    private Set<String> names(String what, byte[] content, String key, Predicate<String> isOne)
            throws RegistryException {
        Set<String> names = new HashSet<>();
        try (JsonParser json = JsonMapper.shared().createParser(content)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean isList = json.currentName().equals(key);
                if (json.nextToken() != JsonToken.START_ARRAY || !isList) {
                    json.skipChildren();
                    continue;
                }
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    if (json.currentToken() == JsonToken.VALUE_STRING && isOne.test(json.getString())) {
                        names.add(json.getString());
                    }
                    json.skipChildren();
                }
            }
            return names;
        } catch (JacksonException e) {
            throw RegistryException.permanent(
                    what + " failed: " + client.address().host() + " answered with something that is no JSON.", e);
        }
    }

    /**
     * Source: RFC 5988, as far as registries use it: {@code <URL>; rel="next"}. The host there counts for nothing: behind a proxy
     * a registry may call itself otherwise, and nobody else is asked.
     */
    private Optional<URI> next(String what, URI present, String link) throws RegistryException {
        int start = link.indexOf('<');
        int end = link.indexOf('>', start + 1);
        if (start < 0 || end < 0 || !link.contains("next")) {
            return Optional.empty();
        }
        try {
            URI next = present.resolve(link.substring(start + 1, end));
            String query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
            return Optional.of(client.address().origin().resolve(next.getRawPath() + query));
        } catch (IllegalArgumentException e) {
            throw RegistryException.permanent(
                    what + " failed: " + client.address().host() + " does not say where its next page is.", e);
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
