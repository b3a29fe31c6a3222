package dev.orrery.ingest.accounts;

import org.jspecify.annotations.Nullable;

/**
 * Who a user is: the {@code sub} of their tokens, as it stands in rows and in the addresses that
 * operators use. 1 to 255 characters, not blank, without control characters, halves of surrogate
 * pairs, and {@code / \\ % ;}, which no address can hold for sure: such a user could pay, and
 * nobody could ever top their wallet up.
 */
public final class UserId {

    private static final int LONGEST = 255;
    private static final String NOT_IN_ADDRESSES = "/\\%;";

    private UserId() {}

    public static boolean isOne(@Nullable Object value) {
        return value instanceof String user
                && !user.isBlank()
                && user.length() <= LONGEST
                && user.codePoints().allMatch(UserId::isAllowed);
    }

    private static boolean isAllowed(int codePoint) {
        return !Character.isISOControl(codePoint)
                && !isHalfOfAPair(codePoint)
                && NOT_IN_ADDRESSES.indexOf(codePoint) < 0;
    }

    private static boolean isHalfOfAPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
