package io.jenkins.plugins.spectropack.sandbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks who sent a request to an API of AWS. Source: IAM user guide, "AWS Signature Version 4 for API requests", "Create a signed
 * AWS API request".
 */
final class SigV4Check {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final Duration SKEW = Duration.ofMinutes(15);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern HEADER = Pattern.compile(ALGORITHM
            + "\\s+Credential=([^/,]+)/([0-9]{8})/([^/,]+)/([^/,]+)/aws4_request"
            + "\\s*,\\s*SignedHeaders=([^,\\s]+)\\s*,\\s*Signature=([0-9a-f]{64})");

    private final IamSandbox iam;
    private final String region;
    private final String service;
    private volatile boolean expired;

    SigV4Check(IamSandbox iam, String region, String service) {
        this.iam = iam;
        this.region = region;
        this.service = service;
    }

    void expire() {
        expired = true;
    }

    /** Says who signed a request. */
    IamSandbox.Principal check(Call call, byte[] body) throws ApiError {
        String authorization = call.header("Authorization");
        if (authorization == null) {
            throw new ApiError(403, "MissingAuthenticationTokenException", "Missing Authentication Token");
        }
        Matcher parts = HEADER.matcher(authorization);
        String time = call.header("X-Amz-Date");
        if (!parts.matches() || time == null) {
            throw new ApiError(
                    400, "IncompleteSignatureException", "The Authorization header or X-Amz-Date is not complete.");
        }
        IamSandbox.Principal principal =
                principal(parts.group(1), Optional.ofNullable(call.header("X-Amz-Security-Token")));
        checkScope(parts.group(2), parts.group(3), parts.group(4), time);
        List<String> signed = List.of(parts.group(5).split(";"));
        if (!signed.contains("host") || !signed.contains("x-amz-date")) {
            throw invalid("'Host' and 'X-Amz-Date' must be signed headers.");
        }
        String scope = String.join("/", parts.group(2), parts.group(3), parts.group(4), "aws4_request");
        String request = Digests.sha256Hex(utf8(canonicalRequest(call, signed, parts.group(5), body)));
        byte[] expected = sign(principal.keys(), scope, String.join("\n", ALGORITHM, time, scope, request));
        if (!MessageDigest.isEqual(expected, HexFormat.of().parseHex(parts.group(6)))) {
            throw invalid(
                    "The request signature we calculated does not match the signature you provided. Check your AWS "
                            + "Secret Access Key and signing method. Consult the service documentation for details.");
        }
        return principal;
    }

    private IamSandbox.Principal principal(String accessKeyId, Optional<String> sessionToken) throws ApiError {
        IamSandbox.Principal principal = iam.principal(accessKeyId)
                .filter(known -> known.keys().sessionToken().equals(sessionToken))
                .orElseThrow(() -> new ApiError(
                        403, "UnrecognizedClientException", "The security token included in the request is invalid."));
        if (expired || Instant.now().isAfter(principal.end())) {
            throw new ApiError(403, "ExpiredTokenException", "The security token included in the request is expired");
        }
        return principal;
    }

    private void checkScope(String day, String scopeRegion, String scopeService, String time) throws ApiError {
        if (!scopeRegion.equals(region)) {
            throw invalid("Credential should be scoped to a valid region.");
        }
        if (!scopeService.equals(service)) {
            throw invalid("Credential should be scoped to correct service: '" + service + "'.");
        }
        Instant signedAt;
        try {
            signedAt = DATE.parse(time, Instant::from);
        } catch (DateTimeParseException e) {
            throw invalid("Date must be in ISO-8601 'basic format'.");
        }
        if (!time.startsWith(day)) {
            throw invalid("Date in Credential scope does not match the date of X-Amz-Date.");
        }
        Instant now = Instant.now();
        if (Duration.between(signedAt, now).abs().compareTo(SKEW) > 0) {
            throw invalid("Signature expired: " + time + " is more than " + SKEW.toMinutes() + " min. away from "
                    + DATE.format(now));
        }
    }

    private static String canonicalRequest(Call call, List<String> signed, String signedHeaders, byte[] body) {
        String headers = signed.stream()
                .map(name -> name + ":" + call.joinedHeader(name).strip().replaceAll("\\s+", " ") + "\n")
                .collect(Collectors.joining());
        String query = Arrays.stream(call.query().split("&"))
                .map(pair -> pair.isEmpty() || pair.contains("=") ? pair : pair + "=")
                .sorted()
                .collect(Collectors.joining("&"));
        return String.join("\n", call.method(), call.path(), query, headers, signedHeaders, Digests.sha256Hex(body));
    }

    private static byte[] sign(AwsKeys keys, String scope, String text) {
        byte[] key = utf8("AWS4" + keys.secretAccessKey());
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        return hmac(key, text);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(utf8(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HmacSHA256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ApiError invalid(String message) {
        return new ApiError(403, "InvalidSignatureException", message);
    }
}
