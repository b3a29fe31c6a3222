package dev.orrery.simulator.astrology;

import dev.orrery.simulator.astrology.chart.Chart;
import dev.orrery.simulator.astrology.chart.Moment;
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
import tools.jackson.databind.JsonNode;

/**
 * AstrologyAPI.com: a birth goes in, its chart comes out. Any credentials are accepted; the user id
 * may carry a script ({@code sim/…}). An impossible birth gets {@code "status": false} with status
 * 200, as the service itself does it.
 */
public final class AstrologyApi implements Provider {

    /** At once, with nothing wrong. */
    public static final Script HEALTHY = Script.OK;

    private final Clock clock;

    private final Map<String, Endpoint> endpoints;

    /** What an endpoint makes of a chart. */
    @FunctionalInterface
    private interface Endpoint {
        JsonNode of(Chart chart, Language language);
    }

    /**
     * @param clock decides which periods are running
     */
    public AstrologyApi(Clock clock) {
        this.clock = clock;
        this.endpoints =
                Map.of(
                        "/planets", Planets::of,
                        "/astro_details", AstroDetails::of,
                        "/birth_details", (chart, language) -> BirthDetails.of(chart),
                        "/horo_chart/D1", HoroChart::rasi,
                        "/horo_chart/D9", HoroChart::navamsa,
                        "/major_vdasha", Periods::majors,
                        "/current_vdasha", this::running,
                        "/current_vdasha_all", this::runningWithNeighbours);
    }

    @Override
    public Question read(String endpoint, Received received) {
        String target = endpoint.substring(1);
        Credentials credentials = Credentials.of(received);
        if (credentials == null) {
            return Question.refused(target, refusal(401, "Authentication is missing"));
        }
        Endpoint asked = received.method().equals("POST") ? endpoints.get(endpoint) : null;
        if (asked == null) {
            return Question.refused(target, refusal(404, "No such endpoint"));
        }
        return new Question(
                target, credentials.userId(), script -> answer(asked, received, script));
    }

    @Override
    public Answer unreadable(String why) {
        return refusal(400, why);
    }

    private Answer answer(Endpoint endpoint, Received received, Script script) {
        try {
            Chart chart = Chart.of(BirthRequest.read(received));
            Language language = Language.of(received.header("accept-language"));
            JsonBody body =
                    new JsonBody(endpoint.of(chart, language), Failure.of("Simulated failure"));
            return new Playing(script, AstrologyApi::failure, Map.of(), 0).whole(body);
        } catch (ImpossibleInput impossible) {
            return refusal(200, String.valueOf(impossible.getMessage()));
        }
    }

    private JsonNode running(Chart chart, Language language) {
        return Periods.running(chart, language, Moment.of(clock.instant()));
    }

    private JsonNode runningWithNeighbours(Chart chart, Language language) {
        return Periods.runningWithNeighbours(chart, language, Moment.of(clock.instant()));
    }

    private static ErrorPage failure(Problem problem) {
        return ErrorPage.json(problem, Failure.of("Simulated failure"));
    }

    private static Answer refusal(int status, String message) {
        return Pages.json(status, Failure.of(message));
    }
}
