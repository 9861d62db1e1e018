package io.jenkins.plugins.spectropack.engine.registry;

import io.jenkins.plugins.spectropack.engine.util.Printable;
import io.jenkins.plugins.spectropack.engine.util.Reasons;
import io.jenkins.plugins.spectropack.engine.util.Secrets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleWithWebIdentityCredentialsProvider;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The credentials that requests to AWS are signed with, fetched anew before they run out, and how they are come by: one or more
 * stages, each of which signs the request for the next. STS is asked in the registry's region.
 */
final class AwsSession implements AwsCredentialsProvider, AutoCloseable {

    /** For a question whose answer is only told. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Source: STS API reference, "AssumeRoleWithWebIdentity", WebIdentityToken. */
    private static final int TOKEN_LIMIT = 20_000;

    /** The first character after those that can be seen. */
    private static final char DELETE = 0x7f;

    private final AwsClients clients;
    private final String sessionName;
    private final Duration timeout;
    private final URI endpoint;
    private final AwsErrors errors;
    private final List<Stage> stages = new ArrayList<>();
    private final List<SdkAutoCloseable> open = new ArrayList<>();
    private volatile Secrets secrets = Secrets.NONE;

    /**
     * Credentials, and the request that brings them.
     *
     * @param request to STS, within a sentence; empty where STS is not asked
     */
    private record Stage(String request, AwsCredentialsProvider provider) {}

    /**
     * Begins without credentials.
     *
     * @param http stays open
     * @param sessionName what AWS' own log calls a session that has no other name
     * @param timeout of one request to STS
     */
    AwsSession(SdkHttpClient http, AwsSettings settings, Region region, String sessionName, Duration timeout)
            throws RegistryException {
        clients = new AwsClients(http, settings, region);
        this.sessionName = sessionName;
        this.timeout = timeout;
        Optional<URI> named = settings.endpoint("sts");
        endpoint = named.orElseGet(() -> ownEndpoint(region, settings));
        String where = named.isPresent() ? "STS at " + endpoint.getRawAuthority() : "STS in " + region.id();
        Optional<String> doubt = named.isPresent() ? Optional.empty() : AwsRegions.doubt(region.id());
        errors = new AwsErrors(endpoint.getRawAuthority(), where, doubt, timeout, () -> secrets);
    }

    private static URI ownEndpoint(Region region, AwsSettings settings) {
        return StsEndpointProvider.defaultProvider()
                .resolveEndpoint(endpoint ->
                        endpoint.region(region).useFips(settings.fips()).useDualStack(settings.dualStack()))
                .join()
                .url();
    }

    /** Adds credentials that need no request to STS. */
    void signWith(AwsCredentialsProvider provider) {
        add("", provider);
    }

    /** Has whoever signs so far assume a role. */
    void assume(AwsRole role, Optional<String> name, Optional<String> seconds) throws RegistryException {
        String what = "AssumeRole '" + Printable.of(role.arn()) + "'";
        AssumeRoleRequest.Builder request = AssumeRoleRequest.builder()
                .roleArn(role.arn())
                .roleSessionName(name.orElse(sessionName))
                .externalId(role.externalId().isEmpty() ? null : role.externalId());
        seconds.filter(text -> text.matches("[0-9]{1,6}")).map(Integer::valueOf).ifPresent(request::durationSeconds);
        add(
                what,
                StsAssumeRoleCredentialsProvider.builder()
                        .stsClient(sts(what, last(), timeout))
                        .refreshRequest(request.build())
                        .build());
    }

    /** Assumes a role with the token of an identity provider, which is read again each time. */
    void assumeWithToken(String roleArn, Path tokenFile, Optional<String> name) throws RegistryException {
        String what = "AssumeRoleWithWebIdentity '" + Printable.of(roleArn) + "'";
        add(
                what,
                StsAssumeRoleWithWebIdentityCredentialsProvider.builder()
                        .stsClient(sts(what, AnonymousCredentialsProvider.create(), timeout))
                        .refreshRequest(() -> AssumeRoleWithWebIdentityRequest.builder()
                                .roleArn(roleArn)
                                .roleSessionName(name.orElse(sessionName))
                                .webIdentityToken(token(tokenFile))
                                .build())
                        .build());
    }

    private String token(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(TOKEN_LIMIT + 1);
            if (bytes.length > TOKEN_LIMIT) {
                throw new IOException("it is longer than a token");
            }
            String token = new String(bytes, StandardCharsets.UTF_8).strip();
            secrets = Secrets.of(token);
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The web identity token " + Printable.of(file.toString()) + " cannot be read: " + Reasons.of(e)
                            + ".",
                    e);
        }
    }

    private void add(String request, AwsCredentialsProvider provider) {
        stages.add(new Stage(request, provider));
        if (provider instanceof SdkAutoCloseable closeable) {
            open.add(closeable);
        }
    }

    private StsClient sts(String request, AwsCredentialsProvider signer, Duration patience) throws RegistryException {
        StsClient client = clients.make(request, StsClient.builder(), endpoint, signer, patience);
        open.add(client);
        return client;
    }

    private AwsCredentialsProvider last() {
        return stages.get(stages.size() - 1).provider();
    }

    /**
     * Makes sure that there are credentials for the next request.
     *
     * @param operation that needs them, within a sentence
     * @throws RegistryException with a sentence if there are none, or STS refuses them
     */
    void refresh(String operation) throws RegistryException, InterruptedException {
        for (Stage stage : stages) {
            try {
                AwsCredentials credentials = resolve(stage.provider());
                remember(credentials);
                requireSendable(credentials);
            } catch (AbortedException e) {
                Thread.interrupted();
                throw new InterruptedException(operation + " was interrupted");
            } catch (StsException e) {
                throw errors.refused(stage.request(), e);
            } catch (SdkException e) {
                throw stage.request().isEmpty()
                        ? AwsErrors.noCredentials(operation, e)
                        : errors.unanswered(stage.request(), e);
            } catch (StackOverflowError | OutOfMemoryError e) {
                throw errors.tooMuch(stage.request().isEmpty() ? operation : stage.request(), e);
            } catch (UncheckedIOException e) {
                throw RegistryException.permanent(e.getMessage(), e);
            } catch (RuntimeException e) {
                // The SDK's for settings that mean nothing are of several kinds; for an empty key it has no word.
                throw AwsErrors.noCredentials(operation, e);
            }
        }
    }

    /** A program that a profile names for this may take as long as it likes, and the SDK waits for it without heeding interrupts. */
    private static AwsCredentials resolve(AwsCredentialsProvider provider) throws InterruptedException {
        if (provider instanceof StaticCredentialsProvider) {
            return provider.resolveCredentials();
        }
        FutureTask<AwsCredentials> task = new FutureTask<>(provider::resolveCredentials);
        Thread thread = new Thread(task, "AWS credentials");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            // The SDK throws no other.
            throw (RuntimeException) e.getCause();
        } finally {
            task.cancel(true);
        }
    }

    /** Both go into headers, and whoever refuses a header shows it. */
    private static void requireSendable(AwsCredentials credentials) {
        String token = credentials instanceof AwsSessionCredentials session ? session.sessionToken() : "";
        if (!(credentials.accessKeyId() + token).chars().allMatch(letter -> letter > ' ' && letter < DELETE)) {
            throw new IllegalArgumentException(
                    "The access key id or the session token holds a line break, a blank or a letter that none has");
        }
    }

    private void remember(AwsCredentials credentials) {
        secrets = credentials instanceof AwsSessionCredentials session
                ? Secrets.of(session.secretAccessKey(), session.sessionToken())
                : Secrets.of(credentials.secretAccessKey());
    }

    /** What must not be in a message, since requests were made with it. */
    Secrets secrets() {
        return secrets;
    }

    /** Whose credentials they are, as STS says: an ARN. Asks STS; nothing if it does not tell. */
    Optional<String> caller() {
        try {
            // Not itself, which a client would close.
            StsClient client = sts("GetCallerIdentity", this::resolveCredentials, PATIENCE);
            return Optional.ofNullable(client.getCallerIdentity().arn()).map(Printable::of);
        } catch (RegistryException
                | SdkException
                | UncheckedIOException
                | IllegalArgumentException
                | IllegalStateException
                | StackOverflowError
                | OutOfMemoryError e) {
            return Optional.empty();
        }
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return last().resolveCredentials();
    }

    @Override
    public void close() {
        open.forEach(SdkAutoCloseable::close);
    }

    @Override
    public String toString() {
        return "AwsSession[hidden]";
    }
}
