package dev.orrery.enrichment.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * How an answer stands in Redis, where others may write, too:
 *
 * <pre>
 * byte  0       version of this form, 1
 * bytes 1 to 4  CRC-32C of all that follows
 * bytes 5 to 12 fetched at, milliseconds since 1970
 * bytes 13 to 20 fresh until, the same; the greatest long for ever
 * bytes 21 on   the document, UTF-8
 * </pre>
 *
 * Numbers are big endian. Anything else is {@link Garbage}.
 */
final class RedisFormat {

    private static final byte VERSION = 1;
    private static final int SEALED_FROM = 1 + Integer.BYTES;
    private static final int HEADER_BYTES = SEALED_FROM + 2 * Long.BYTES;
    private static final long FOR_EVER = Long.MAX_VALUE;

    private RedisFormat() {}

    static byte[] encode(Stored stored) {
        var document = stored.document().getBytes(StandardCharsets.UTF_8);
        var freshUntil = stored.freshUntil();
        var bytes = new byte[HEADER_BYTES + document.length];
        ByteBuffer.wrap(bytes, SEALED_FROM, bytes.length - SEALED_FROM)
                .putLong(stored.fetchedAt().toEpochMilli())
                .putLong(freshUntil == null ? FOR_EVER : freshUntil.toEpochMilli())
                .put(document);
        ByteBuffer.wrap(bytes).put(VERSION).putInt(checksum(bytes));
        return bytes;
    }

    static Stored decode(byte[] bytes) {
        if (bytes.length <= HEADER_BYTES || bytes[0] != VERSION) {
            throw new Garbage("not of this version");
        }
        var buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        if (buffer.getInt() != checksum(bytes)) {
            throw new Garbage("the checksum differs");
        }
        var fetchedAt = Instant.ofEpochMilli(buffer.getLong());
        long freshUntil = buffer.getLong();
        return new Stored(
                StandardCharsets.UTF_8.decode(buffer).toString(),
                fetchedAt,
                freshUntil == FOR_EVER ? null : Instant.ofEpochMilli(freshUntil));
    }

    private static int checksum(byte[] bytes) {
        var checksum = new CRC32C();
        checksum.update(bytes, SEALED_FROM, bytes.length - SEALED_FROM);
        return (int) checksum.getValue();
    }
}
