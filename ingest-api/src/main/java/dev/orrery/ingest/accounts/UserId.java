package dev.orrery.ingest.accounts;

import org.jspecify.annotations.Nullable;

/**
 * Who a user is: the {@code sub} of their tokens, as it stands in rows and in the addresses that
 * operators use. 1 to 255 characters, not blank, without control characters, halves of surrogate
 * pairs, and slashes, backslashes, percent signs and semicolons: no address holds these for sure,
 * nor a name of dots alone, and such a user could pay and never be topped up.
 */
public final class UserId {

    private static final int LONGEST = 255;
    private static final String NOT_IN_ADDRESSES = "/\\%;";

    private UserId() {}

    public static boolean isOne(@Nullable Object value) {
        return value instanceof String user
                && !user.isBlank()
                && user.length() <= LONGEST
                && !user.equals(".")
                && !user.equals("..")
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
