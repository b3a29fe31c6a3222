package dev.orrery.llm.bedrock;

import java.util.regex.Pattern;

/** Names of regions. They become part of a host name, so nothing else may pass for one. */
final class Regions {

    private static final Pattern NAME = Pattern.compile("[a-z]{2}(-[a-z]{3,12}){1,3}-[0-9]{1,2}");

    private Regions() {}

    static boolean isOne(String name) {
        return NAME.matcher(name).matches();
    }

    static String check(String name) {
        if (!isOne(name)) {
            throw new IllegalArgumentException(
                    "region: " + name + " (expected: a name such as ap-south-1)");
        }
        return name;
    }
}
