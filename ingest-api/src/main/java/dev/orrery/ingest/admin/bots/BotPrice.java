package dev.orrery.ingest.admin.bots;

import dev.orrery.ingest.accounts.Currency;
import dev.orrery.pipeline.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a message of a bot costs, in the form {@code billing.is_price} takes. */
final class BotPrice {

    static final JsonNode FREE =
            JsonNodeFactory.instance.objectNode().put("unit", "free").put("currency", "INR");

    /** The amounts that each unit needs. */
    private static final Map<String, List<String>> AMOUNTS =
            Map.of(
                    "message", List.of("per_message_micros"),
                    "token", List.of("input_per_1k_micros", "output_per_1k_micros"),
                    "minute", List.of("per_minute_micros"),
                    "free", List.of());

    /** A million of any currency, for one message. */
    private static final long GREATEST_MICROS = 1_000_000_000_000L;

    private static final int MOST_FREE_MESSAGES = 1_000_000;

    private BotPrice() {}

    static JsonNode of(Fields document) {
        var unit = document.optionalChoice("unit", "message", "token", "minute", "free");
        if (unit == null) {
            throw document.invalid("unit", "missing (expected: message, token, minute or free)");
        }
        var amounts = AMOUNTS.getOrDefault(unit, List.of());
        document.allowing(allowed(amounts));
        var price = JsonNodeFactory.instance.objectNode().put("unit", unit);
        price.put("currency", currency(document));
        for (var amount : amounts) {
            price.put(amount, document.wholeNumber(amount, 0, GREATEST_MICROS));
        }
        if (document.has("minimum_micros")) {
            price.put("minimum_micros", document.wholeNumber("minimum_micros", 0, GREATEST_MICROS));
        }
        if (document.has("free_messages")) {
            price.put(
                    "free_messages", document.wholeNumber("free_messages", 0, MOST_FREE_MESSAGES));
        }
        return price;
    }

    private static String[] allowed(List<String> amounts) {
        var names = new ArrayList<>(List.of("unit", "currency"));
        names.addAll(amounts);
        if (!amounts.isEmpty()) {
            names.addAll(List.of("minimum_micros", "free_messages"));
        }
        return names.toArray(String[]::new);
    }

    private static String currency(Fields document) {
        var currency = document.text("currency", 3);
        if (!Currency.isOne(currency)) {
            throw document.invalid(
                    "currency", "not a currency (expected: ISO 4217, for example INR)");
        }
        return currency;
    }
}
