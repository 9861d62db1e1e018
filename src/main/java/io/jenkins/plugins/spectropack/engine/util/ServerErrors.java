package io.jenkins.plugins.spectropack.engine.util;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Parts of the sentences about a server that refused something or could not be reached, and which failures may pass. */
public final class ServerErrors {

    private ServerErrors() {}

    /** What happened on the way to a host, in words. */
    public static String describe(String host, Throwable failure) {
        if (failure instanceof UnknownHostException || hasCause(failure, UnresolvedAddressException.class)) {
            return "the host " + host + " is not known";
        }
        if (failure instanceof SocketTimeoutException timeout) {
            return String.valueOf(timeout.getMessage()).toLowerCase(Locale.ROOT).contains("connect")
                    ? "no connection to " + host + " in time"
                    : host + " did not answer in time";
        }
        if (failure instanceof InterruptedIOException) {
            return host + ": " + words(failure);
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return "no connection to " + host + " (" + words(failure) + ")";
        }
        if (failure instanceof SSLException) {
            return "no secure connection to " + host + " (" + words(failure) + ")";
        }
        if (isCutOff(failure)) {
            return host + " cut the connection off";
        }
        // The AWS SDK's JSON parser goes on about places in its source on further lines.
        String reason = ServerText.of(
                String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
        return "the connection to " + host + " failed (" + reason + ")";
    }

    /** Some hold what the server said instead of an answer. */
    private static String words(Throwable failure) {
        return ServerText.of(String.valueOf(failure.getMessage()));
    }

    /** Whether a connection ended without a word. */
    public static boolean isCutOff(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return hasCause(failure, EOFException.class)
                || failure instanceof SocketException
                || message.contains("Unexpected end of file")
                || message.contains("failed to respond")
                || message.contains("Premature");
    }

    /** Whether a proxy did not take the login, or wanted one. Java's own client has no other word for it than its message. */
    public static boolean isProxyRefusal(IOException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.startsWith("Unable to tunnel through proxy") && message.contains(" 407 ");
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nobody listens at the address: the connection was refused, or no way leads there. */
    public static boolean isNobody(Throwable failure) {
        return hasCause(failure, ConnectException.class) || hasCause(failure, NoRouteToHostException.class);
    }

    /** Whether somebody answered who does not speak TLS. Java has no other word for it than its messages. */
    public static boolean isWithoutTls(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof SSLException
                && (message.contains("plaintext") || message.contains("Unsupported or unrecognized SSL message"));
    }

    /** Whether an HTTP status says that the same request may be answered otherwise in a moment. */
    public static boolean isTransient(int status) {
        return status == 408 || status == 429 || status >= 500;
    }

    /** Whether what happened on the way to a server may not happen again. */
    public static boolean isTransient(IOException failure) {
        return !(failure instanceof SSLHandshakeException) && !isProxyRefusal(failure) && !isWithoutTls(failure);
    }

    /** Reads a {@code Retry-After} header, seconds or a date. Source: RFC 9110, "Retry-After". What is neither counts as unsaid. */
    public static Duration wait(Optional<String> retryAfter) {
        return retryAfter.map(ServerErrors::duration).orElse(Duration.ZERO);
    }

    private static Duration duration(String text) {
        if (text.matches("[0-9]{1,6}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration until = Duration.between(Instant.now(), date);
            return until.isNegative() ? Duration.ZERO : until;
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    /** Ends a sentence that ends with words of the other side, which may have ended it already. */
    public static void finishSentence(StringBuilder text) {
        char last = text.charAt(text.length() - 1);
        if (last != '.' && last != '!' && last != '?') {
            text.append('.');
        }
    }
}
