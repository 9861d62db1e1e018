package io.jenkins.plugins.spectropack.cli;

import io.jenkins.plugins.spectropack.engine.publish.EntryPoint;
import io.jenkins.plugins.spectropack.engine.util.Limits;
import io.jenkins.plugins.spectropack.engine.util.MachineProxy;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * What the process' environment says, as the AWS command line reads it. Values that are wrong are told as
 * {@link IllegalArgumentException} with a sentence.
 */
final class Environment {

    private static final Duration CONNECT = Duration.ofSeconds(30);

    /** Longer than anything that the engine waits for, which watches its requests itself. */
    private static final Duration SOCKET = Duration.ofMinutes(10);

    private static final String TUNNELING = "jdk.http.auth.tunneling.disabledSchemes";

    private final Function<String, String> variables;
    private final Consumer<String> requests;

    /**
     * Reads an environment.
     *
     * @param requests is told each request, in a line
     */
    Environment(Function<String, String> variables, Consumer<String> requests) {
        this.variables = variables;
        this.requests = requests;
    }

    /** A registry's password, from a variable because arguments can be seen by other users. */
    Optional<String> password(String variable) {
        return Optional.ofNullable(variables.apply(variable)).filter(text -> !text.isEmpty());
    }

    /** Palette's API key, which is taken from {@code PALETTE_API_KEY} only: arguments can be seen by other users. */
    String paletteApiKey() {
        return first(variables.apply("PALETTE_API_KEY"))
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "PALETTE_API_KEY is not set. Put the API key of a Palette user into it: export PALETTE_API_KEY=..."));
    }

    /** The time of all that is made: {@code SOURCE_DATE_EPOCH}, seconds since 1970, or the one that is always the same. */
    Instant time() {
        return EntryPoint.time(first(variables.apply("SOURCE_DATE_EPOCH")));
    }

    /** Where runs of the command work: in the current folder, with the proxy of this machine. */
    EntryPoint entryPoint() {
        MachineProxy proxy = MachineProxy.find();
        return new EntryPoint(Path.of(""), false, time(), trust -> httpClient(proxy, trust), Limits.ofEntryPoint());
    }

    /** Where temporary files go, which exists. */
    Path temporaryFolder() {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException("The folder for temporary files, " + folder
                    + ", does not exist or cannot be written to. Name another one with TMPDIR.");
        }
        return folder;
    }

    /** The client for AWS, the registry or Palette, which goes through the proxy of this machine. */
    SdkHttpClient httpClient(TlsTrust trust) {
        return httpClient(MachineProxy.find(), trust);
    }

    private SdkHttpClient httpClient(MachineProxy proxy, TlsTrust trust) {
        logInTo(proxy);
        return new ToldRequests(proxy.client(address -> client(address, trust)), requests);
    }

    private static SdkHttpClient client(Optional<URI> proxy, TlsTrust trust) {
        UrlConnectionHttpClient.Builder builder = UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(SOCKET)
                .proxyConfiguration(ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariablesValues(false)
                        .endpoint(proxy.orElse(null))
                        .build());
        if (trust.skipsVerification()) {
            return builder.buildWithDefaults(AttributeMap.builder()
                    .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                    .build());
        }
        trust.trustManagers().ifPresent(managers -> builder.tlsTrustManagersProvider(() -> managers));
        return builder.build();
    }

    /**
     * Java's own client knows a login for a proxy from the process' authenticator only. The SDK would put it into the requests
     * to the registry, which the proxy does not see.
     */
    private static void logInTo(MachineProxy proxy) {
        if (proxy.userName().isEmpty() || proxy.address().isEmpty()) {
            return;
        }
        if (System.getProperty(TUNNELING) == null) {
            // By default Java refuses the only scheme that a user name and a password in a variable are for.
            System.setProperty(TUNNELING, "");
        }
        URI address = proxy.address().get();
        String user = proxy.userName().get();
        char[] password = proxy.password().orElse("").toCharArray();
        Authenticator.setDefault(new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                boolean asks = getRequestorType() == RequestorType.PROXY
                        && address.getHost().equalsIgnoreCase(getRequestingHost())
                        && address.getPort() == getRequestingPort();
                return asks ? new PasswordAuthentication(user, password) : null;
            }
        });
    }

    private static Optional<String> first(String... candidates) {
        return Stream.of(candidates)
                .filter(text -> text != null && !text.isBlank())
                .map(String::strip)
                .findFirst();
    }
}
