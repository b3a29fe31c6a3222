package dev.orrery.enrichment.birthchart;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the constants of closed lists are shown: {@code PURVA_PHALGUNI} as Purva Phalguni. */
final class Title {

    private Title() {}

    static String of(Enum<?> constant) {
        return Arrays.stream(constant.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
