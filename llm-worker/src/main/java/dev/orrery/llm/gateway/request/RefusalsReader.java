package dev.orrery.llm.gateway.request;

import dev.orrery.llm.chain.Refusals;
import dev.orrery.llm.chain.Refusals.Then;
import dev.orrery.pipeline.http.Fields;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads what follows when a model will not answer; the next attempt, unless that is switched. */
final class RefusalsReader {

    private static final String EXPECTED =
            Arrays.stream(Then.values())
                    .map(RefusalsReader::wireName)
                    .collect(Collectors.joining(" or "));

    private RefusalsReader() {}

    static Refusals refusals(Fields metadata) {
        var refusals = metadata.object("refusals").allowing("content_filtered", "context_too_long");
        return new Refusals(
                then(refusals, "content_filtered", Refusals.DEFAULT.contentFiltered()),
                then(refusals, "context_too_long", Refusals.DEFAULT.contextTooLong()));
    }

    private static Then then(Fields refusals, String name, Then otherwise) {
        var stated = refusals.optionalText(name, 64);
        if (stated == null) {
            return otherwise;
        }
        return Arrays.stream(Then.values())
                .filter(then -> wireName(then).equals(stated))
                .findFirst()
                .orElseThrow(() ->
                        refusals.invalid(
                                name, Fields.shown(stated) + " (expected: " + EXPECTED + ")"));
    }

    private static String wireName(Then then) {
        return then.name().toLowerCase(Locale.ROOT);
    }
}
