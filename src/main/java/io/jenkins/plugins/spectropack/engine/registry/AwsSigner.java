package io.jenkins.plugins.spectropack.engine.registry;

import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_UNAUTHORIZED;

import io.jenkins.plugins.spectropack.engine.util.ProgressListener;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tells who signs the requests to AWS. STS is asked for that, which takes no permission, but only where somebody wants to know: for
 * details, for a test, or once at the end if AWS refused something.
 */
final class AwsSigner {

    private final AwsSession session;
    private final String source;
    private final ProgressListener listener;
    private final AtomicInteger refusals = new AtomicInteger();

    /**
     * Takes a session.
     *
     * @param source of its credentials, within a sentence
     */
    AwsSigner(AwsSession session, String source, ProgressListener listener) {
        this.session = session;
        this.source = source;
        this.listener = listener;
    }

    /** Told of a failure, which may be a refusal of whoever signed. */
    void refused(RegistryException failure) {
        boolean isRefusal = failure.status() == HTTP_FORBIDDEN
                || failure.status() == HTTP_UNAUTHORIZED
                || failure.code().equals("AccessDeniedException");
        if (isRefusal) {
            refusals.incrementAndGet();
        }
    }

    /** Told that the last refusal does no harm. */
    void forgive() {
        refusals.decrementAndGet();
    }

    /** Who signs, as a sentence; asks STS. */
    String words() {
        return "Signed in to AWS as " + caller() + ", with " + source + ".";
    }

    private String caller() {
        return session.caller().orElse("somebody whom STS does not name");
    }

    /** Tells for details. */
    void told() {
        if (listener.wantsDetails()) {
            listener.detail(words());
        }
    }

    /** Tells at the end whom AWS refused, if it did. */
    void ended() {
        if (refusals.get() > 0 && !Thread.currentThread().isInterrupted()) {
            listener.log("AWS refused what " + caller() + " asked for, with " + source + ".");
        }
    }
}
