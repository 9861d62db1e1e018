package io.jenkins.plugins.spectropack.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.spectropack.engine.util.TlsTrust;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.apache.http.Header;
import org.apache.http.HttpEntity;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.HttpResponse;
import org.apache.http.MessageConstraintException;
import org.apache.http.auth.AUTH;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.MalformedChallengeException;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.client.methods.HttpUriRequest;
import org.apache.http.client.methods.RequestBuilder;
import org.apache.http.client.protocol.HttpClientContext;
import org.apache.http.config.ConnectionConfig;
import org.apache.http.config.MessageConstraints;
import org.apache.http.config.RegistryBuilder;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.conn.socket.PlainConnectionSocketFactory;
import org.apache.http.conn.ssl.NoopHostnameVerifier;
import org.apache.http.conn.ssl.SSLConnectionSocketFactory;
import org.apache.http.conn.ssl.TrustAllStrategy;
import org.apache.http.entity.InputStreamEntity;
import org.apache.http.impl.auth.BasicScheme;
import org.apache.http.impl.client.BasicAuthCache;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClientBuilder;
import org.apache.http.impl.conn.DefaultRoutePlanner;
import org.apache.http.impl.conn.DefaultSchemePortResolver;
import org.apache.http.impl.conn.PoolingHttpClientConnectionManager;
import org.apache.http.message.BasicHeader;
import org.apache.http.protocol.HttpContext;
import org.apache.http.ssl.SSLContexts;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SystemPropertyTlsKeyManagersProvider;

/**
 * Apache's HTTP client with a bound for the head of an answer, as the AWS SDK and the engine take it. The SDK's own adapter lets
 * nobody set one, and a head without an end fills the memory. It follows no redirect, tries nothing again, keeps no cookie. Runs
 * on the agent and, for tests of a connection, on the controller.
 */
final class BoundedApacheClient implements SdkHttpClient {

    /** Characters of a line. The longest that there are, locations in a cloud's store with their signature, have a few thousand. */
    static final int LONGEST_LINE = 32 * 1024;

    /** Headers of an answer; no server has a quarter as many. */
    static final int MOST_HEADERS = 200;

    private static final Duration CONNECT = Duration.ofSeconds(30);

    /** Longer than anything that the engine waits for, which watches its requests itself. */
    private static final Duration SOCKET = Duration.ofMinutes(10);

    private static final int MAXIMUM_CONNECTIONS = 100;

    /** What Apache's client writes by itself. */
    private static final Set<String> OWN = Set.of("content-length", "transfer-encoding");

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final RequestConfig settings = RequestConfig.custom()
            .setConnectTimeout((int) CONNECT.toMillis())
            .setConnectionRequestTimeout((int) CONNECT.toMillis())
            .setSocketTimeout((int) SOCKET.toMillis())
            .setNormalizeUri(false)
            .build();

    private final Proxy proxy;
    private final PoolingHttpClientConnectionManager connections;
    private final CloseableHttpClient client;

    /**
     * The way to servers.
     *
     * @param address of the proxy; null for none
     * @param userName for the proxy; null for no login
     * @param password of that user
     * @param directHosts regular expressions for hosts, in lower case, that are asked without the proxy
     */
    record Proxy(
            @CheckForNull HttpHost address,
            @CheckForNull String userName,
            @CheckForNull String password,
            List<Pattern> directHosts) {

        static Proxy of(
                @CheckForNull URI address,
                @CheckForNull String userName,
                @CheckForNull String password,
                Set<String> directHosts) {
            return new Proxy(
                    address == null ? null : new HttpHost(address.getHost(), address.getPort(), address.getScheme()),
                    userName,
                    password,
                    directHosts.stream().map(Pattern::compile).toList());
        }

        @CheckForNull
        HttpHost to(HttpHost server) {
            String host = server.getHostName().toLowerCase(Locale.ROOT);
            return directHosts.stream().anyMatch(direct -> direct.matcher(host).matches()) ? null : address;
        }

        CredentialsProvider credentials() {
            CredentialsProvider credentials = new BasicCredentialsProvider();
            if (address != null && userName != null) {
                credentials.setCredentials(new AuthScope(address), new UsernamePasswordCredentials(userName, password));
            }
            return credentials;
        }

        /** A proxy gets its login without having to ask for it first. */
        HttpClientContext context() {
            HttpClientContext context = HttpClientContext.create();
            if (address != null && userName != null) {
                BasicScheme scheme = new BasicScheme();
                try {
                    scheme.processChallenge(new BasicHeader(AUTH.PROXY_AUTH, "Basic realm=proxy"));
                } catch (MalformedChallengeException e) {
                    throw new IllegalStateException("The challenge is a constant", e);
                }
                BasicAuthCache cache = new BasicAuthCache();
                cache.put(address, scheme);
                context.setAuthCache(cache);
            }
            return context;
        }

        @Override
        public String toString() {
            return "Proxy[" + address + "]";
        }
    }

    /**
     * Makes a client.
     *
     * @throws IllegalArgumentException with a sentence if certificates of private CAs cannot be read
     */
    BoundedApacheClient(Proxy proxy, TlsTrust trust) {
        this.proxy = proxy;
        connections = new PoolingHttpClientConnectionManager(RegistryBuilder.<ConnectionSocketFactory>create()
                .register("http", PlainConnectionSocketFactory.getSocketFactory())
                .register("https", tls(trust))
                .build());
        connections.setMaxTotal(MAXIMUM_CONNECTIONS);
        connections.setDefaultMaxPerRoute(MAXIMUM_CONNECTIONS);
        connections.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setMessageConstraints(MessageConstraints.custom()
                        .setMaxLineLength(LONGEST_LINE)
                        .setMaxHeaderCount(MOST_HEADERS)
                        .build())
                .build());
        client = HttpClientBuilder.create()
                .setConnectionManager(connections)
                .setDefaultCredentialsProvider(proxy.credentials())
                .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE) {
                    @Override
                    protected HttpHost determineProxy(HttpHost target, HttpRequest request, HttpContext context) {
                        return proxy.to(target);
                    }
                })
                .disableDefaultUserAgent()
                .disableContentCompression()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build();
    }

    private static SSLConnectionSocketFactory tls(TlsTrust trust) {
        try {
            if (trust.skipsVerification()) {
                return new SSLConnectionSocketFactory(
                        SSLContexts.custom()
                                .loadTrustMaterial(TrustAllStrategy.INSTANCE)
                                .build(),
                        NoopHostnameVerifier.INSTANCE);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    SystemPropertyTlsKeyManagersProvider.create().keyManagers(),
                    trust.trustManagers().orElse(null),
                    null);
            return new SSLConnectionSocketFactory(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("This Java cannot speak TLS: " + e.getMessage() + ".", e);
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        HttpUriRequest prepared = prepared(request);
        return new ExecutableHttpRequest() {

            @Override
            public HttpExecuteResponse call() throws IOException {
                try {
                    return answer(client.execute(prepared, proxy.context()), prepared);
                } catch (MessageConstraintException e) {
                    throw new IOException(
                            "the head of the answer has more than " + MOST_HEADERS + " lines, or one of more than "
                                    + LONGEST_LINE + " characters",
                            e);
                }
            }

            @Override
            public void abort() {
                prepared.abort();
            }
        };
    }

    private HttpUriRequest prepared(HttpExecuteRequest execute) {
        SdkHttpRequest request = execute.httpRequest();
        String method = request.method().name();
        RequestBuilder builder =
                RequestBuilder.create(method).setUri(request.getUri()).setConfig(settings);
        request.forEachHeader((name, values) -> {
            if (!OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.addHeader(name, value));
            }
        });
        if (execute.contentStreamProvider().isPresent()) {
            InputStream body = execute.contentStreamProvider().get().newStream();
            builder.setEntity(new InputStreamEntity(
                    body,
                    request.firstMatchingHeader("Content-Length")
                            .map(Long::parseLong)
                            .orElse(-1L)));
        } else if (WITH_BODY.contains(method)) {
            builder.setEntity(new InputStreamEntity(InputStream.nullInputStream(), 0));
        }
        return builder.build();
    }

    private static HttpExecuteResponse answer(HttpResponse response, HttpUriRequest request) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : response.getAllHeaders()) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>()).add(header.getValue());
        }
        HttpExecuteResponse.Builder answer = HttpExecuteResponse.builder()
                .response(SdkHttpFullResponse.builder()
                        .statusCode(response.getStatusLine().getStatusCode())
                        .statusText(response.getStatusLine().getReasonPhrase())
                        .headers(headers)
                        .build());
        HttpEntity body = response.getEntity();
        if (body != null) {
            answer.responseBody(AbortableInputStream.create(body.getContent(), request::abort));
        }
        return answer.build();
    }

    @Override
    public String clientName() {
        return "Apache";
    }

    @Override
    public void close() {
        connections.close();
    }
}
