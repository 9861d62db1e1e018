package io.jenkins.plugins.spectropack.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.EncryptionType;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.ImageTagMutabilityExclusionFilter;
import software.amazon.awssdk.services.ecr.model.InvalidParameterException;
import software.amazon.awssdk.services.ecr.model.InvalidTagParameterException;
import software.amazon.awssdk.services.ecr.model.LifecyclePolicyNotFoundException;
import software.amazon.awssdk.services.ecr.model.RepositoryAlreadyExistsException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotEmptyException;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;
import software.amazon.awssdk.services.ecr.model.Tag;
import software.amazon.awssdk.services.ecr.model.TooManyTagsException;

/** The API as the AWS SDK sees it. */
class EcrApiTest {

    private static final String NAME = "base/spectro-packs/archive/nginx";

    @Started
    private EcrSandbox sandbox;

    private EcrClient ecr;

    @BeforeEach
    void start() throws Exception {
        ecr = client(sandbox, "us-east-1", sandbox.accessKeyId(), sandbox.secretAccessKey());
    }

    @AfterEach
    void stop() {
        ecr.close();
    }

    @Test
    void handsOutLoginsThatDifferAndLastTwelveHours() {
        AuthorizationData one = ecr.getAuthorizationToken().authorizationData().get(0);
        AuthorizationData other =
                ecr.getAuthorizationToken().authorizationData().get(0);

        String login = new String(Base64.getDecoder().decode(one.authorizationToken()), StandardCharsets.UTF_8);
        assertThat(login).startsWith("AWS:").hasSizeGreaterThan(1000);
        assertThat(sandbox.issuedPasswords()).hasSize(2).contains(login.substring(4));
        assertThat(other.authorizationToken()).isNotEqualTo(one.authorizationToken());
        assertThat(one.proxyEndpoint()).isEqualTo(sandbox.registry().toString());
        assertThat(Duration.between(Instant.now(), one.expiresAt()))
                .isBetween(Duration.ofHours(11), Duration.ofHours(12));
    }

    @Test
    void remembersWhatARepositoryWasCreatedWith() {
        ecr.createRepository(create -> create.repositoryName(NAME)
                .imageTagMutability(ImageTagMutability.IMMUTABLE)
                .imageScanningConfiguration(scan -> scan.scanOnPush(true))
                .encryptionConfiguration(encryption ->
                        encryption.encryptionType(EncryptionType.KMS).kmsKey("alias/packs"))
                .tags(Tag.builder().key("team").value("platform").build()));

        Repository repository = sandbox.repository(NAME).orElseThrow();
        assertThat(repository.tagMutability()).isEqualTo("IMMUTABLE");
        assertThat(repository.scanOnPush()).isTrue();
        assertThat(repository.encryptionType()).isEqualTo("KMS");
        assertThat(repository.kmsKey()).contains("alias/packs");
        assertThat(repository.resourceTags()).isEqualTo(Map.of("team", "platform"));
        var described = ecr.describeRepositories(request -> request.repositoryNames(NAME))
                .repositories()
                .get(0);
        assertThat(described.registryId()).isEqualTo("123456789012");
        assertThat(described.repositoryArn()).isEqualTo("arn:aws:ecr:us-east-1:123456789012:repository/" + NAME);
        assertThat(described.repositoryUri()).isEqualTo(sandbox.registryHost() + "/" + NAME);
        assertThat(described.imageTagMutability()).isEqualTo(ImageTagMutability.IMMUTABLE);
        assertThat(described.imageScanningConfiguration().scanOnPush()).isTrue();
        assertThat(described.encryptionConfiguration().kmsKey()).isEqualTo("alias/packs");
        assertThat(described.createdAt())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    }

    @Test
    void exemptsTagsFromImmutability() {
        ecr.createRepository(create -> create.repositoryName(NAME)
                .imageTagMutability(ImageTagMutability.IMMUTABLE_WITH_EXCLUSION)
                .imageTagMutabilityExclusionFilters(ImageTagMutabilityExclusionFilter.builder()
                        .filterType("WILDCARD")
                        .filter("dev-*")
                        .build()));

        Repository repository = sandbox.repository(NAME).orElseThrow();
        assertThat(repository.isImmutable("1.0.0")).isTrue();
        assertThat(repository.isImmutable("dev-1.0.0")).isFalse();
        assertThatThrownBy(() -> ecr.createRepository(
                        create -> create.repositoryName("other").imageTagMutability("SOMETIMES")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("imageTagMutability");
    }

    @Test
    void refusesARepositoryThatIsThere() {
        sandbox.createRepository(NAME, false);

        assertThatThrownBy(() -> ecr.createRepository(create -> create.repositoryName(NAME)))
                .isInstanceOfSatisfying(RepositoryAlreadyExistsException.class, refusal -> {
                    assertThat(refusal.awsErrorDetails().errorMessage())
                            .isEqualTo("The repository with name '" + NAME
                                    + "' already exists in the registry with id '123456789012'");
                    assertThat(refusal.requestId()).hasSize(36);
                });
    }

    @Test
    void doesNotKnowARepositoryThatIsNotThere() {
        assertThatThrownBy(() -> ecr.describeRepositories(request -> request.repositoryNames(NAME)))
                .isInstanceOf(RepositoryNotFoundException.class)
                .hasMessageContaining("The repository with name '" + NAME + "' does not exist in the registry with id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Upper", "a__b", "a--b", "-a", "a//b", "a/", "a b"})
    void refusesNamesOutsideTheirPattern(String name) {
        assertThatThrownBy(() -> ecr.createRepository(create -> create.repositoryName(name)))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Invalid parameter at 'repositoryName' failed to satisfy constraint");
        assertThat(sandbox.repositories()).isEmpty();
    }

    @Test
    void takesNamesOfTwoTo256Characters() {
        ecr.createRepository(create -> create.repositoryName("ab"));
        ecr.createRepository(create -> create.repositoryName("a".repeat(256)));

        assertThatThrownBy(() -> ecr.createRepository(create -> create.repositoryName("a".repeat(257))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("256");
    }

    @Test
    void keepsResourceTagsWithinTheirLimits() {
        String arn = sandbox.createRepository(NAME, false).arn();
        ecr.tagResource(request -> request.resourceArn(arn).tags(tag("team", "platform")));

        assertThat(ecr.listTagsForResource(request -> request.resourceArn(arn)).tags())
                .containsExactly(tag("team", "platform"));
        assertThatThrownBy(() ->
                        ecr.tagResource(request -> request.resourceArn(arn).tags(tag("aws:team", "x"))))
                .isInstanceOf(InvalidTagParameterException.class);
        List<Tag> many = IntStream.range(0, 50)
                .mapToObj(number -> tag("k" + number, "v"))
                .toList();
        assertThatThrownBy(() ->
                        ecr.tagResource(request -> request.resourceArn(arn).tags(many)))
                .isInstanceOf(TooManyTagsException.class);
        assertThat(sandbox.repository(NAME).orElseThrow().resourceTags()).hasSize(1);
    }

    @Test
    void keepsALifecyclePolicy() {
        sandbox.createRepository(NAME, false);
        String policy = "{\"rules\":[]}";

        assertThatThrownBy(() -> ecr.getLifecyclePolicy(request -> request.repositoryName(NAME)))
                .isInstanceOf(LifecyclePolicyNotFoundException.class);
        assertThatThrownBy(() -> ecr.putLifecyclePolicy(
                        request -> request.repositoryName(NAME).lifecyclePolicyText("rules")))
                .isInstanceOf(InvalidParameterException.class);
        ecr.putLifecyclePolicy(request -> request.repositoryName(NAME).lifecyclePolicyText(policy));
        assertThat(sandbox.repository(NAME).orElseThrow().lifecyclePolicy()).contains(policy);
        assertThat(ecr.getLifecyclePolicy(request -> request.repositoryName(NAME))
                        .lifecyclePolicyText())
                .isEqualTo(policy);
    }

    @Test
    void describesImagesAndDeletesThemOnlyByForce() throws Exception {
        sandbox.createRepository(NAME, false);
        String digest = sandbox.pushArchive(NAME, "1.0.0", new byte[] {1, 2, 3});

        assertThat(ecr.listImages(request -> request.repositoryName(NAME)).imageIds())
                .singleElement()
                .satisfies(id -> {
                    assertThat(id.imageTag()).isEqualTo("1.0.0");
                    assertThat(id.imageDigest()).isEqualTo(digest);
                });
        assertThat(ecr.describeImages(request -> request.repositoryName(NAME).imageIds(tagged("1.0.0")))
                        .imageDetails())
                .singleElement()
                .satisfies(image -> assertThat(image.imageSizeInBytes()).isEqualTo(3));
        assertThatThrownBy(() -> ecr.describeImages(
                        request -> request.repositoryName(NAME).imageIds(tagged("2.0.0"))))
                .isInstanceOf(ImageNotFoundException.class);
        assertThatThrownBy(() -> ecr.deleteRepository(request -> request.repositoryName(NAME)))
                .isInstanceOf(RepositoryNotEmptyException.class);
        ecr.deleteRepository(request -> request.repositoryName(NAME).force(true));
        assertThat(sandbox.repositories()).isEmpty();
    }

    @Test
    void refusesAnUnknownKey() {
        assertRefusedLogin(
                "UnrecognizedClientException",
                client(sandbox, "us-east-1", "AKIAIOSFODNN7EXAMPLE", sandbox.secretAccessKey()));
    }

    @Test
    void refusesAWrongSecret() {
        String wrong = "x".repeat(40);
        EcrException refusal = assertRefusedLogin(
                "InvalidSignatureException", client(sandbox, "us-east-1", sandbox.accessKeyId(), wrong));
        assertThat(refusal).hasMessageContaining("The request signature we calculated does not match");
        assertThat(refusal.getMessage()).doesNotContain(wrong).doesNotContain(sandbox.secretAccessKey());
    }

    @Test
    void refusesAnotherRegion() {
        EcrException refusal = assertRefusedLogin(
                "InvalidSignatureException",
                client(sandbox, "eu-west-1", sandbox.accessKeyId(), sandbox.secretAccessKey()));
        assertThat(refusal).hasMessageContaining("Credential should be scoped to a valid region.");
    }

    @Test
    void refusesKeysThatAreOver() {
        sandbox.expireKeys();
        assertRefusedLogin(
                "ExpiredTokenException",
                client(sandbox, "us-east-1", sandbox.accessKeyId(), sandbox.secretAccessKey()));
    }

    @Test
    void refusesARequestThatIsNotSigned() throws Exception {
        RegistryClient plain = new RegistryClient(sandbox.endpoint(), "AWS", "x");
        assertThat(plain.withoutLogin("POST", sandbox.endpoint().resolve("/")).statusCode())
                .isEqualTo(404);
        var response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(sandbox.endpoint().resolve("/"))
                                .header("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken")
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("MissingAuthenticationTokenException");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @Test
    void takesASessionOnlyWithItsToken() throws Exception {
        try (EcrSandbox withSession = EcrSandbox.builder().requireSessionToken().start()) {
            String token = withSession.sessionToken().orElseThrow();
            assertThat(withSession.environment()).containsEntry("AWS_SESSION_TOKEN", token);
            assertRefusedLogin(
                    "UnrecognizedClientException",
                    client(withSession, "us-east-1", withSession.accessKeyId(), withSession.secretAccessKey()));
            try (EcrClient session = client(
                    withSession.endpoint(),
                    "us-east-1",
                    AwsSessionCredentials.create(withSession.accessKeyId(), withSession.secretAccessKey(), token))) {
                assertThat(session.getAuthorizationToken().authorizationData()).hasSize(1);
            }
            assertThat(withSession.requests().all().toString()).doesNotContain(token);
        }
    }

    @Test
    void refusesWhatTheUserMayNotDo() {
        sandbox.deny("ecr:CreateRepository");
        sandbox.deny("ecr:GetAuthorizationToken");

        assertThatThrownBy(() -> ecr.createRepository(create -> create.repositoryName(NAME)))
                .isInstanceOfSatisfying(EcrException.class, refusal -> {
                    assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
                    assertThat(refusal.awsErrorDetails().errorMessage())
                            .isEqualTo("User: arn:aws:iam::123456789012:user/pack-publisher is not authorized to "
                                    + "perform: ecr:CreateRepository on resource: "
                                    + "arn:aws:ecr:us-east-1:123456789012:repository/" + NAME
                                    + " because no identity-based policy allows the ecr:CreateRepository action");
                });
        assertThatThrownBy(() -> ecr.getAuthorizationToken()).hasMessageContaining("on resource: * because");
        sandbox.allow("ecr:CreateRepository");
        ecr.createRepository(create -> create.repositoryName(NAME));
        assertThat(sandbox.repository(NAME)).isPresent();
    }

    @Test
    void answersUnknownActionsAsSuch() {
        assertThatThrownBy(() -> ecr.describeRegistry(request -> {}))
                .isInstanceOfSatisfying(
                        EcrException.class,
                        refusal -> assertThat(refusal.awsErrorDetails().errorCode())
                                .isEqualTo("UnknownOperationException"));
    }

    @Test
    void throttlesAndFailsOnRequest() {
        sandbox.fault(2, Match.api("CreateRepository"), Fault.throttled());
        ecr.createRepository(create -> create.repositoryName(NAME));
        assertThat(sandbox.requests().count(Match.api("CreateRepository"))).isEqualTo(3);

        sandbox.fault(Match.api("GetAuthorizationToken"), Fault.cut());
        assertThatThrownBy(() -> ecr.getAuthorizationToken()).isInstanceOf(SdkClientException.class);
    }

    @Test
    void standsInFrontOfAnotherRegistry() throws Exception {
        URI other = URI.create("http://127.0.0.1:5999");
        try (EcrSandbox facade = EcrSandbox.builder()
                        .accountId("210987654321")
                        .region("eu-west-1")
                        .user("ci")
                        .registry(other, "known-password")
                        .start();
                EcrClient client = client(facade, "eu-west-1", facade.accessKeyId(), facade.secretAccessKey())) {
            AuthorizationData login =
                    client.getAuthorizationToken().authorizationData().get(0);
            assertThat(login.proxyEndpoint()).isEqualTo(other.toString());
            assertThat(new String(Base64.getDecoder().decode(login.authorizationToken()), StandardCharsets.UTF_8))
                    .isEqualTo("AWS:known-password");
            client.createRepository(create -> create.repositoryName(NAME));
            assertThat(facade.repository(NAME).orElseThrow().arn())
                    .isEqualTo("arn:aws:ecr:eu-west-1:210987654321:repository/" + NAME);
            assertThat(facade.registryHost()).isEqualTo("127.0.0.1:5999");
        }
    }

    @Test
    void logsRequestsWithoutTheirSecrets() {
        ecr.getAuthorizationToken();

        Request request = sandbox.requests().all().get(0);
        assertThat(request.service()).isEqualTo(Request.ECR);
        assertThat(request.operation()).isEqualTo("GetAuthorizationToken");
        assertThat(request.status()).isEqualTo(200);
        assertThat(request.authorized()).isTrue();
        assertThat(request.authorization().orElseThrow()).matches("AWS4-HMAC-SHA256 [0-9a-f]{12}");
        assertThat(request.header("x-amz-target")).isPresent();
        assertThat(request.header("Authorization")).isEmpty();
        sandbox.requests().clear();
        assertThat(sandbox.requests().all()).isEmpty();
    }

    private EcrException assertRefusedLogin(String code, EcrClient client) {
        try (client) {
            EcrException refusal = catchThrowableOfType(EcrException.class, () -> client.getAuthorizationToken());
            assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
            assertThat(sandbox.issuedPasswords()).isEmpty();
            return refusal;
        }
    }

    private static ImageIdentifier tagged(String tag) {
        return ImageIdentifier.builder().imageTag(tag).build();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static EcrClient client(EcrSandbox sandbox, String region, String id, String secret) {
        return client(sandbox.endpoint(), region, AwsBasicCredentials.create(id, secret));
    }

    private static EcrClient client(URI endpoint, String region, AwsCredentials credentials) {
        return EcrClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
