package dev.orrery.llm.telemetry;

import java.util.regex.Pattern;

/**
 * Blots out what is most obviously personal or secret: addresses of mail, long numbers such as
 * those of phones and cards, keys and tokens. What looks like prose stays, names among it: a text
 * is not anonymous afterwards.
 */
final class Redaction {

    // Possessive throughout, so that no text makes them slow.
    private static final Pattern MAIL =
            Pattern.compile("[\\p{L}\\p{N}._%+-]{1,64}+@[\\p{L}\\p{N}.-]{1,255}+");
    private static final Pattern SECRET =
            Pattern.compile("\\b(?:sk|pk|key|ghp|xox[abp]|eyJ)[-_A-Za-z0-9.]{16,}+");
    private static final Pattern NUMBER = Pattern.compile("\\+?\\d(?:[ ()./-]{0,2}+\\d){7,}+");

    private Redaction() {}

    /**
     * @param chars the most that is kept, in UTF-16 units
     */
    static String of(String text, int chars) {
        var mailless = MAIL.matcher(cut(text, chars)).replaceAll("[mail]");
        var keyless = SECRET.matcher(mailless).replaceAll("[secret]");
        return NUMBER.matcher(keyless).replaceAll("[number]");
    }

    private static String cut(String text, int chars) {
        if (text.length() <= chars) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(chars - 1));
        return text.substring(0, splitsPair ? chars - 1 : chars) + "…";
    }
}
