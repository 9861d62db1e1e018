package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.Repository;

/** Makes repositories with CreateRepository, which needs one permission less than looking first. */
final class EcrProvisioner implements Provisioner {

    private static final String ANY_TAG = "latest";

    private final EcrApi api;
    private final OciClient client;
    private final EcrAccount account;
    private final boolean creates;
    private final RepositorySettings settings;

    EcrProvisioner(EcrApi api, OciClient client, EcrAccount account, boolean creates, RepositorySettings settings) {
        this.api = api;
        this.client = client;
        this.account = account;
        this.creates = creates;
        this.settings = settings;
    }

    @Override
    public boolean createsRepositories() {
        return creates;
    }

    @Override
    public void close() {
        api.close();
    }

    @Override
    public boolean create(String repository) throws RegistryException, InterruptedException {
        if (!creates) {
            return false;
        }
        try {
            EcrApi.Creation creation = api.create(repository, settings);
            account.require(creation.account());
            return creation.created();
        } catch (RegistryException e) {
            if (e.code().equals("AccessDeniedException") && exists(repository)) {
                api.forgive();
                return false;
            }
            throw e;
        }
    }

    private boolean exists(String repository) throws InterruptedException {
        try {
            client.manifest(repository, ANY_TAG);
            return true;
        } catch (RegistryException e) {
            return false;
        }
    }

    @Override
    public Optional<String> immutability(String repository, String tag) throws RegistryException, InterruptedException {
        Optional<Repository> found;
        try {
            found = api.describe(repository);
        } catch (RegistryException e) {
            // Without ecr:DescribeRepositories the registry itself will refuse the tag, after the upload.
            api.forgive();
            return Optional.empty();
        }
        return found.filter(described -> isImmutable(described, tag))
                .map(immutable -> "the repository's tags are immutable");
    }

    @Override
    public List<String> refusals(String repository) throws InterruptedException {
        List<String> refusals = new ArrayList<>();
        try {
            api.describe(repository);
        } catch (RegistryException e) {
            api.forgive();
            refusals.add(e.getMessage());
        }
        try {
            client.manifest(repository, ANY_TAG);
        } catch (RegistryException e) {
            if (e.status() == HTTP_FORBIDDEN) {
                refusals.add(e.getMessage());
            }
        }
        return refusals;
    }

    // Source: ECR API reference, "ImageTagMutabilityExclusionFilter".
    private static boolean isImmutable(Repository repository, String tag) {
        boolean excluded = repository.imageTagMutabilityExclusionFilters().stream()
                .anyMatch(filter -> matches(filter.filter(), tag));
        return switch (repository.imageTagMutability()) {
            case IMMUTABLE -> true;
            case IMMUTABLE_WITH_EXCLUSION -> !excluded;
            case MUTABLE_WITH_EXCLUSION -> excluded;
            default -> false;
        };
    }

    /** Whether a text has the form of a filter, in which {@code *} stands for any characters. Takes linear time a star. */
    static boolean matches(String filter, String text) {
        String[] parts = filter.split("\\*", -1);
        if (parts.length == 1) {
            return filter.equals(text);
        }
        if (!text.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        String last = parts[parts.length - 1];
        return text.length() - at >= last.length() && text.endsWith(last);
    }
}
