package dev.orrery.tools.chat;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/** An amount for people: exact, with two decimals or as many as it needs. */
record Money(long micros, String currency) {

    private static final int DECIMALS_OF_MICROS = 6;
    private static final int USUAL_DECIMALS = 2;

    /**
     * @param field name of the field that holds millionths; the currency stands beside it
     */
    static Money of(JsonNode json, String field) {
        return new Money(json.path(field).asLong(), json.path("currency").asString());
    }

    @Override
    public String toString() {
        var exact = BigDecimal.valueOf(micros, DECIMALS_OF_MICROS).stripTrailingZeros();
        var shown = exact.scale() < USUAL_DECIMALS ? exact.setScale(USUAL_DECIMALS) : exact;
        return shown.toPlainString() + " " + currency;
    }
}
