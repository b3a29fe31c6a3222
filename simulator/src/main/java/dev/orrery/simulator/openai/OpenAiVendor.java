package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.ErrorForm;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.reply.Reply;
import java.util.List;
import java.util.Map;

/** OpenAI itself. */
final class OpenAiVendor implements Vendor {

    private static final List<String> CATEGORIES =
            List.of(
                    "harassment",
                    "harassment/threatening",
                    "hate",
                    "hate/threatening",
                    "illicit",
                    "illicit/violent",
                    "self-harm",
                    "self-harm/intent",
                    "self-harm/instructions",
                    "sexual",
                    "sexual/minors",
                    "violence",
                    "violence/graphic");

    @Override
    public ErrorForm errors() {
        return Errors::page;
    }

    @Override
    public Map<String, String> headers(long number) {
        return Map.of(
                "x-request-id", "req_sim_" + number,
                "openai-version", "2020-10-01",
                "x-ratelimit-limit-requests", "10000",
                "x-ratelimit-remaining-requests", "9999",
                "x-ratelimit-reset-requests", "6ms");
    }

    @Override
    public Judging judging() {
        return new Judging(CATEGORIES, "modr-sim-", true, Errors.midway(null));
    }

    @Override
    public Dialect stream(Reply reply) {
        return new Chunks(reply);
    }

    @Override
    public WholeDialect whole(Reply reply) {
        return new Completion(reply);
    }
}
