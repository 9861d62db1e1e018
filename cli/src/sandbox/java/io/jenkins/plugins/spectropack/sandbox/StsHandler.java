package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The API of STS, as far as roles are assumed with it. Source: Smithy, "AWS query protocol"; STS API reference. */
final class StsHandler implements LoopbackServer.Endpoint {

    private static final int BODY_LIMIT = 1024 * 1024;
    private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";

    private final IamSandbox iam;
    private final SigV4Check signatures;

    StsHandler(IamSandbox iam, SigV4Check signatures) {
        this.iam = iam;
        this.signatures = signatures;
    }

    @Override
    public String service() {
        return Request.STS;
    }

    @Override
    public String operation(HttpExchange exchange) {
        return "";
    }

    @Override
    public Answer handle(Call call) throws IOException {
        byte[] body = call.readBody(BODY_LIMIT);
        Map<String, String> input = parse(body);
        String action = input.getOrDefault("Action", "");
        call.names(action);
        try {
            return xml(
                    200,
                    "<" + action + "Response xmlns=\"" + NAMESPACE + "\"><" + action + "Result>"
                            + act(action, input, call, body) + "</" + action + "Result><ResponseMetadata><RequestId>"
                            + UUID.randomUUID() + "</RequestId></ResponseMetadata></" + action + "Response>");
        } catch (ApiError e) {
            return xml(
                    e.status(),
                    "<ErrorResponse xmlns=\"" + NAMESPACE + "\"><Error><Type>Sender</Type>" + element("Code", e.type())
                            + element("Message", e.getMessage()) + "</Error>"
                            + element("RequestId", UUID.randomUUID().toString()) + "</ErrorResponse>");
        }
    }

    private String act(String action, Map<String, String> input, Call call, byte[] body) throws ApiError {
        String role = input.getOrDefault("RoleArn", "");
        String name = input.getOrDefault("RoleSessionName", "");
        return switch (action) {
            case "AssumeRole" ->
                session(iam.assume(
                        signatures.check(call, body), role, input.getOrDefault("ExternalId", ""), checked(name)));
            case "AssumeRoleWithWebIdentity" ->
                session(iam.assumeWithToken(input.getOrDefault("WebIdentityToken", ""), role, checked(name)));
            case "GetCallerIdentity" -> {
                IamSandbox.Principal who = signatures.check(call, body);
                yield element("Arn", who.arn())
                        + element("UserId", who.keys().accessKeyId())
                        + element("Account", who.arn().split(":")[4]);
            }
            default -> throw new ApiError(400, "InvalidAction", "Could not find operation " + action);
        };
    }

    /** Source: STS API reference, "AssumeRole", RoleSessionName. */
    private static String checked(String name) throws ApiError {
        if (!name.matches("[\\w+=,.@-]{2,64}")) {
            throw new ApiError(
                    400, "ValidationError", "1 validation error detected: Value '" + name + "' at 'roleSessionName'");
        }
        return name;
    }

    private static String session(IamSandbox.Principal session) {
        AwsKeys keys = session.keys();
        return "<Credentials>" + element("AccessKeyId", keys.accessKeyId())
                + element("SecretAccessKey", keys.secretAccessKey())
                + element("SessionToken", keys.sessionToken().orElseThrow())
                + element(
                        "Expiration",
                        session.end().truncatedTo(ChronoUnit.SECONDS).toString())
                + "</Credentials><AssumedRoleUser>" + element("Arn", session.arn())
                + element("AssumedRoleId", "AROAEXAMPLE:" + session.arn().replaceFirst(".*/", ""))
                + "</AssumedRoleUser>";
    }

    private static Map<String, String> parse(byte[] body) {
        Map<String, String> input = new HashMap<>();
        for (String pair : new String(body, StandardCharsets.UTF_8).split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                input.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
        }
        return input;
    }

    private static String element(String name, String text) {
        String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        return "<" + name + ">" + escaped + "</" + name + ">";
    }

    private static Answer xml(int status, String content) {
        return Answer.text(status, "text/xml", content);
    }
}
