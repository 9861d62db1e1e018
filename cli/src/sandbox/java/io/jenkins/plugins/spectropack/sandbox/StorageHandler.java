package io.jenkins.plugins.spectropack.sandbox;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The storage behind the registry: serves blobs to those who hold a signed address and, as S3 does, refuses requests that
 * carry a login as well. Source: Amazon S3 user guide, "Download and upload objects with presigned URLs", and API reference,
 * "Error responses".
 */
final class StorageHandler implements LoopbackServer.Endpoint {

    private final BlobStore store;
    private final URI base;
    private final Map<String, String> digestBySignature = new ConcurrentHashMap<>();

    StorageHandler(BlobStore store, URI base) {
        this.store = store;
        this.base = base;
    }

    /** An address from which a blob can be fetched without a login. */
    URI presign(String digest) {
        String signature = UUID.randomUUID().toString();
        digestBySignature.put(signature, digest);
        return base.resolve("/" + digest.replace(':', '-')
                + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=3600&X-Amz-Signature=" + signature);
    }

    @Override
    public String service() {
        return Request.STORAGE;
    }

    @Override
    public String operation(HttpExchange exchange) {
        return "";
    }

    @Override
    public Answer handle(Call call) throws IOException {
        String digest = digestBySignature.get(call.parameter("X-Amz-Signature"));
        if (call.header("Authorization") != null) {
            return error(400, "InvalidArgument", "Only one auth mechanism allowed");
        }
        if (digest == null || !call.path().equals("/" + digest.replace(':', '-'))) {
            return error(403, "SignatureDoesNotMatch", "The signature does not match the request");
        }
        return Answer.file(Map.of("Content-Type", "application/octet-stream"), store.path(digest));
    }

    private static Answer error(int status, String code, String message) {
        return Answer.text(
                status,
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code + "</Code><Message>" + message
                        + "</Message></Error>");
    }
}
