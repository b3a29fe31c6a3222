package dev.orrery.llm.openai;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** What a server says that it bills for a call. */
final class StatedCost {

    private static final int MILLION_IS_TEN_TO_THE = 6;
    private static final BigDecimal LEAST = BigDecimal.ONE.movePointLeft(MILLION_IS_TEN_TO_THE);

    /** US dollars; no call costs that much, and no arithmetic is tried on what is beyond it. */
    private static final BigDecimal MOST = BigDecimal.valueOf(100_000);

    private StatedCost() {}

    /**
     * Exact, and rounded up once to a millionth of a dollar; null where nothing is said that can be
     * true, or not the whole of it.
     */
    static @Nullable Long micros(CompletionChunk.Usage usage) {
        var cost = usage.cost();
        boolean inPart = usage.isByok() != null && usage.isByok().asBoolean(false);
        return cost == null || !cost.isNumber() || inPart ? null : micros(cost.decimalValue());
    }

    private static @Nullable Long micros(BigDecimal dollars) {
        if (dollars.signum() < 0 || dollars.compareTo(MOST) > 0) {
            return null;
        }
        if (dollars.compareTo(LEAST) <= 0) {
            return (long) dollars.signum();
        }
        return dollars.movePointRight(MILLION_IS_TEN_TO_THE)
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }
}
