package io.jenkins.plugins.spectropack.engine.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/**
 * The AWS credentials that a session signs with. Those of the machine are looked for where the AWS SDK's default chain looks, in
 * its order; the chain is made here rather than taken from the SDK, because its own finds an HTTP client for STS by service
 * loader, which in Jenkins depends on the class loader of the thread.
 */
final class AwsCredentialChain implements AwsCredentialsProvider, AutoCloseable {

    private final AwsCredentialsProviderChain chain;
    private final Optional<StsClient> sts;

    private AwsCredentialChain(List<AwsCredentialsProvider> providers, Optional<StsClient> sts) {
        chain = AwsCredentialsProviderChain.builder()
                .reuseLastProviderEnabled(true)
                .credentialsProviders(providers)
                .build();
        this.sts = sts;
    }

    /** One provider alone. */
    static AwsCredentialChain of(AwsCredentialsProvider provider) {
        return new AwsCredentialChain(List.of(provider), Optional.empty());
    }

    /**
     * The credentials of the machine that this runs on. Nothing is looked up before the first request is signed.
     *
     * @param http the client that STS is asked with, where the machine has a web identity (IRSA)
     * @param region where STS is asked
     */
    static AwsCredentialChain ofMachine(SdkHttpClient http, String region) {
        List<AwsCredentialsProvider> providers = new ArrayList<>();
        providers.add(SystemPropertyCredentialsProvider.create());
        providers.add(EnvironmentVariableCredentialsProvider.create());
        Optional<StsClient> sts = hasWebIdentity() ? Optional.of(sts(http, region)) : Optional.empty();
        sts.ifPresent(client -> providers.add(StsWebIdentityTokenFileCredentialsProvider.builder()
                .stsClient(client)
                .build()));
        providers.add(ProfileCredentialsProvider.create());
        providers.add(ContainerCredentialsProvider.create());
        providers.add(InstanceProfileCredentialsProvider.create());
        return new AwsCredentialChain(providers, sts);
    }

    private static boolean hasWebIdentity() {
        return SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE.getStringValue().isPresent()
                && SdkSystemSetting.AWS_ROLE_ARN.getStringValue().isPresent();
    }

    private static StsClient sts(SdkHttpClient http, String region) {
        return StsClient.builder()
                .httpClient(http)
                .region(Region.of(region))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return chain.resolveCredentials();
    }

    @Override
    public void close() {
        chain.close();
        sts.ifPresent(StsClient::close);
    }

    @Override
    public String toString() {
        return "AwsCredentialChain[hidden]";
    }
}
