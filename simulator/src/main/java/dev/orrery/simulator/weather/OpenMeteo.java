package dev.orrery.simulator.weather;

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
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Open-Meteo: coordinates go in, the current weather comes out. Wants no key. The weather is made
 * up, follows season and time of day, and is the same whoever asks.
 */
public final class OpenMeteo implements Provider {

    /** At once, with nothing wrong. */
    public static final Script HEALTHY = Script.OK;

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String FORECAST = "/forecast";

    private final Clock clock;

    /**
     * @param clock decides which weather is the current one
     */
    public OpenMeteo(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Question read(String endpoint, Received received) {
        String target = endpoint.substring(1);
        return received.method().equals("GET") && endpoint.equals(FORECAST)
                ? new Question(target, "", script -> answer(received, script))
                : Question.refused(target, refusal(404, "Not Found"));
    }

    @Override
    public Answer unreadable(String why) {
        return refusal(400, why);
    }

    private Answer answer(Received received, Script script) {
        try {
            ForecastRequest request = ForecastRequest.of(received);
            JsonBody body =
                    new JsonBody(
                            Forecast.of(request, clock.instant()), failure("Simulated failure"));
            return new Playing(script, OpenMeteo::failure, Map.of(), 0).whole(body);
        } catch (ImpossibleRequest impossible) {
            return refusal(400, String.valueOf(impossible.getMessage()));
        }
    }

    private static ErrorPage failure(Problem problem) {
        return ErrorPage.json(problem, failure("Simulated failure"));
    }

    private static Answer refusal(int status, String reason) {
        return Pages.json(status, failure(reason));
    }

    private static byte[] failure(String reason) {
        return JSON.writeValueAsBytes(
                JSON.createObjectNode().put("error", true).put("reason", Problem.marked(reason)));
    }
}
