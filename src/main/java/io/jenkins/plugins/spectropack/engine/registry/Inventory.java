package io.jenkins.plugins.spectropack.engine.registry;

import java.util.List;
import java.util.Map;

/** What is in a registry, and how it is taken out. How much can be told differs between kinds of registries. */
interface Inventory {

    /**
     * The repositories of packs. What cannot be one, whoever says so, is none.
     *
     * @param below the path right above all of them
     * @return whole names, in any order
     */
    List<String> repositories(String below) throws RegistryException, InterruptedException;

    /**
     * The tags of a repository, in any order. What cannot be one, whoever says so, is none.
     *
     * @throws RegistryException with code {@code NAME_UNKNOWN} if there is no such repository
     */
    default List<String> tags(String repository) throws RegistryException, InterruptedException {
        return versions(repository).stream().map(StoredVersion::version).toList();
    }

    /**
     * The versions in a repository, in any order. The same holds for tags and digests.
     *
     * @throws RegistryException with code {@code NAME_UNKNOWN} if there is no such repository
     */
    List<StoredVersion> versions(String repository) throws RegistryException, InterruptedException;

    /**
     * Takes versions out. Other tags of the same manifests stay.
     *
     * @param versions of that repository
     * @return for each version that could not be taken out, a sentence that says why
     */
    Map<String, String> delete(String repository, List<StoredVersion> versions)
            throws RegistryException, InterruptedException;
}
