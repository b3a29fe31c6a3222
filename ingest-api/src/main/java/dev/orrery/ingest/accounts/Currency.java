package dev.orrery.ingest.accounts;

import java.util.regex.Pattern;

/** In what is paid: codes of ISO 4217 by their form, three capital letters. */
public final class Currency {

    private static final Pattern FORM = Pattern.compile("[A-Z]{3}");

    private Currency() {}

    public static boolean isOne(String code) {
        return FORM.matcher(code).matches();
    }
}
