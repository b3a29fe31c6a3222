package dev.orrery.simulator.rates;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.http.Provider;
import dev.orrery.simulator.http.Question;
import dev.orrery.simulator.play.Answer;
import dev.orrery.simulator.play.ErrorForm.ErrorPage;
import dev.orrery.simulator.play.JsonBody;
import dev.orrery.simulator.play.Pages;
import dev.orrery.simulator.play.Playing;
import dev.orrery.simulator.play.Problem;
import dev.orrery.simulator.script.Script;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Frankfurter, version 2: {@code /rates?base=USD&quotes=EUR,GBP} lists, {@code /rate/USD/EUR} tells
 * one. Wants no key. Rates are made up, near what they once were, and change by the working day.
 */
public final class Frankfurter implements Provider {

    /** At once, with nothing wrong. */
    public static final Script HEALTHY = Script.OK;

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String DEFAULT_BASE = "EUR";

    private final Clock clock;

    /**
     * @param clock decides which rates are the latest
     */
    public Frankfurter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Question read(String endpoint, Received received) {
        if (!received.method().equals("GET")) {
            return Question.refused(endpoint.substring(1), refusal(404, "not found"));
        }
        if (endpoint.equals("/rates")) {
            return new Question("rates", "", script -> answer(script, () -> list(received)));
        }
        String[] parts = endpoint.split("/");
        return parts.length == 4 && parts[1].equals("rate")
                ? new Question("rate", "", script -> answer(script, () -> one(parts[2], parts[3])))
                : Question.refused(endpoint.substring(1), refusal(404, "not found"));
    }

    @Override
    public Answer unreadable(String why) {
        return refusal(400, why);
    }

    /** What is answered when nothing is wrong with the request. */
    @FunctionalInterface
    private interface Content {
        JsonNode make();
    }

    private static Answer answer(Script script, Content content) {
        try {
            JsonBody body = new JsonBody(content.make(), failure(500, "Simulated failure"));
            return new Playing(script, Frankfurter::failure, Map.of(), 0).whole(body);
        } catch (UnknownCurrency unknown) {
            return refusal(422, String.valueOf(unknown.getMessage()));
        }
    }

    private ArrayNode list(Received received) {
        String base = received.parameter("base");
        String quotes = received.parameter("quotes");
        List<String> wanted = quotes == null ? ReferenceRates.codes() : List.of(quotes.split(","));
        ArrayNode list = JSON.createArrayNode();
        wanted.forEach(quote -> list.add(one(base == null ? DEFAULT_BASE : base, quote)));
        return list;
    }

    private ObjectNode one(String base, String quote) {
        LocalDate date = ReferenceRates.latest(clock.instant());
        return JSON.createObjectNode()
                .put("date", date.toString())
                .put("base", base)
                .put("quote", quote)
                .put("rate", ReferenceRates.rate(base, quote, date));
    }

    private static ErrorPage failure(Problem problem) {
        return ErrorPage.json(problem, failure(problem.status(), "Simulated failure"));
    }

    private static Answer refusal(int status, String message) {
        return Pages.json(status, failure(status, message));
    }

    private static byte[] failure(int status, String message) {
        return JSON.writeValueAsBytes(
                JSON.createObjectNode()
                        .put("status", status)
                        .put("message", Problem.marked(message)));
    }
}
