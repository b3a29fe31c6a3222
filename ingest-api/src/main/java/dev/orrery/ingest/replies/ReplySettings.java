package dev.orrery.ingest.replies;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How replies are kept and streamed.
 *
 * @param keepAlive a comment is sent this often, above 0; proxies drop connections that stay silent
 *     for longer
 * @param checkAfter silence after which the turn's row is asked whether it has ended, above 0
 * @param readerBuffer events that a client may be behind the live reply before its connection is
 *     closed, at least 1
 * @param logEvents events that the home tail keeps for late comers, at least 1; all other tails
 *     together keep as many
 * @param logSize memory that these may take, about, at least 1 byte; all other tails together take
 *     as much
 * @param foreignTails tails of other partitions, or of times past, that may be open at once, at
 *     least 1
 * @param streams connections that may be open at once, at least 1; one more is answered with 503
 * @param streamsOfUser those of one user, at least 1; one more is answered with 429
 * @param linger how long a stream is held open behind the deadline of its turn, above 0, and that
 *     of an ended turn behind its beginning; who has not read all by then comes back
 * @param stalledReader 2 ms to 1 h; a connection is cut that takes nothing of what waits for it
 */
@ConfigurationProperties("orrery.replies")
record ReplySettings(
        @DefaultValue("15s") Duration keepAlive,
        @DefaultValue("5s") Duration checkAfter,
        @DefaultValue("4096") int readerBuffer,
        @DefaultValue("200000") int logEvents,
        @DefaultValue("64MB") DataSize logSize,
        @DefaultValue("64") int foreignTails,
        @DefaultValue("20000") int streams,
        @DefaultValue("64") int streamsOfUser,
        @DefaultValue("60s") Duration linger,
        @DefaultValue("30s") Duration stalledReader) {

    private static final Duration LONGEST_STALL = Duration.ofHours(1);

    ReplySettings {
        if (!keepAlive.isPositive() || !checkAfter.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.replies: keep-alive="
                            + keepAlive
                            + " check-after="
                            + checkAfter
                            + " (expected: above 0)");
        }
        if (readerBuffer < 1
                || logEvents < 1
                || logSize.toBytes() < 1
                || foreignTails < 1
                || streams < 1
                || streamsOfUser < 1) {
            throw new IllegalArgumentException(
                    "orrery.replies: reader-buffer, log-events, log-size, foreign-tails, streams,"
                            + " streams-of-user (expected: >= 1)");
        }
        if (!linger.isPositive()) {
            throw new IllegalArgumentException(
                    "orrery.replies.linger: " + linger + " (expected: above 0)");
        }
        if (stalledReader.toMillis() < 2 || stalledReader.compareTo(LONGEST_STALL) > 0) {
            throw new IllegalArgumentException(
                    "orrery.replies.stalled-reader: " + stalledReader + " (expected: 2ms to 1h)");
        }
    }

    /**
     * @param from the first offset that is heard
     */
    ReplyLogs homeLogs(long from) {
        return new ReplyLogs(from, logEvents, logSize.toBytes());
    }

    /** As {@link #homeLogs}, for one of the tails that share the same memory once more. */
    ReplyLogs foreignLogs(long from) {
        return new ReplyLogs(
                from,
                Math.max(1, logEvents / foreignTails),
                Math.max(1, logSize.toBytes() / foreignTails));
    }
}
