package dev.orrery.pipeline.gateway.tokens;

/** Names of users, as services give them. */
public final class UserName {

    public static final int MAX_CHARACTERS = 255;

    private UserName() {}

    /** Says something, is short, and can stand in a line of a log. */
    public static boolean isUsable(String user) {
        return !user.isBlank()
                && user.length() <= MAX_CHARACTERS
                && user.codePoints().allMatch(UserName::isPrintable);
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
