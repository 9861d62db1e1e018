package io.jenkins.plugins.spectropack.engine.util;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;

/** One request on its way: when a byte last moved, what is being waited for, and when that has been too long. */
final class HttpActivity {

    private final long start = System.nanoTime();
    private final Limits limits;
    private final HttpTransport.Answer answer;
    private volatile long last = start;
    private volatile long asked = start;
    private volatile State state = State.WAITING;

    private enum State {
        /** For the answer. */
        WAITING,
        /** For the server to take bytes. */
        SENDING,
        /** For the request's own bytes, which may come from another server: that one is to blame if they do not. */
        FETCHING,
        /** For bytes of the answer. */
        RECEIVING,
        /** For whoever uses the bytes that came, and may be sending them to another server. */
        USING
    }

    /**
     * Begins to watch.
     *
     * @param limits the pauses that are allowed
     * @param answer what is waited for
     */
    HttpActivity(Limits limits, HttpTransport.Answer answer) {
        this.limits = limits;
        this.answer = answer;
    }

    private void now(State next) {
        last = System.nanoTime();
        if (next != State.RECEIVING && next != State.USING) {
            asked = last;
        }
        state = next;
    }

    /** How much longer may be waited; negative if it has been too long. */
    Duration remaining() {
        Duration pause = isOurTurn() ? limits.stall() : pause().minusNanos(System.nanoTime() - last);
        Duration whole = whole();
        return whole.compareTo(pause) < 0 ? whole : pause;
    }

    /** Whether the server has nothing to do. */
    private boolean isOurTurn() {
        return state == State.FETCHING || state == State.USING;
    }

    /** What is left for the whole of the answer. */
    private Duration whole() {
        long now = System.nanoTime();
        return switch (answer) {
            case CALL -> limits.api().minusNanos(now - start);
            case SHORT ->
                state == State.SENDING || state == State.FETCHING
                        ? pause()
                        : allowed().minusNanos(now - asked);
            case LONG -> pause();
        };
    }

    private Duration allowed() {
        return answer == HttpTransport.Answer.CALL
                ? limits.api()
                : limits.answer().plus(limits.stall());
    }

    /** What did not happen in time, for the middle of a sentence. */
    String complaint() {
        if (whole().isNegative()) {
            return "no whole answer within " + allowed().toSeconds() + " s";
        }
        String seconds = pause().toSeconds() + " s";
        return switch (state) {
            case WAITING -> "no answer within " + seconds;
            case SENDING, FETCHING -> "no data was taken for " + seconds;
            case RECEIVING, USING -> "the answer stopped half-way for " + seconds;
        };
    }

    private Duration pause() {
        return state == State.WAITING ? limits.answer() : limits.stall();
    }

    /** The bytes of a request's body, watched as they leave. Closing it leaves the body's own stream open. */
    InputStream sending(HttpTransport.Body body) {
        return new SentStream(body);
    }

    /**
     * The bytes of an answer, watched as they come.
     *
     * @param length how many are to come, if that is known; fewer are an {@link EOFException}
     */
    InputStream receiving(InputStream stream, OptionalLong length) {
        return new AnswerStream(stream, length);
    }

    private final class SentStream extends WatchedStream {
        private final HttpTransport.Body body;
        private long sent;

        SentStream(HttpTransport.Body body) {
            super(body.stream());
            this.body = body;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            now(sent < body.length() ? State.FETCHING : State.WAITING);
            int count = super.read(buffer, offset, length);
            if (count > 0) {
                sent += count;
                // Whoever knows the length does not ask for more than that.
                now(sent < body.length() ? State.SENDING : State.WAITING);
                body.progress().accept(sent);
            }
            return count;
        }

        @Override
        public void close() {
            // The stream belongs to whoever made the request.
        }
    }

    private final class AnswerStream extends WatchedStream {
        private final OptionalLong length;
        private long received;

        AnswerStream(InputStream stream, OptionalLong length) {
            super(stream);
            this.length = length;
        }

        @Override
        public int read(byte[] buffer, int offset, int wanted) throws IOException {
            now(State.RECEIVING);
            int count = super.read(buffer, offset, wanted);
            if (count < 0 && received < length.orElse(0)) {
                throw new EOFException("the answer ended after " + received + " of " + length.getAsLong() + " bytes");
            }
            received += Math.max(0, count);
            now(State.USING);
            return count;
        }

        /** What was not read may be read now, to keep the connection. */
        @Override
        public void close() throws IOException {
            now(State.RECEIVING);
            super.close();
        }
    }
}
