package dev.orrery.enrichment;

import static dev.orrery.enrichment.RunningEnrichmentWorker.PATIENCE;
import static dev.orrery.enrichment.RunningEnrichmentWorker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.FactState;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.WantedFact;
import dev.orrery.pipeline.event.Event;
import dev.orrery.simulator.Simulator;
import dev.orrery.topics.Topics;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The app as it is deployed, and the turns that pass through it. */
@ExtendWith(SharedEnrichmentWorker.class)
class EnrichmentWorkerTest {

    private final RunningEnrichmentWorker worker;
    private final Simulator simulator;
    private final FactsDatabase database;

    EnrichmentWorkerTest(RunningEnrichmentWorker worker) {
        this.worker = worker;
        this.simulator = worker.simulator();
        this.database = worker.database();
    }

    @Test
    void turnsARequestIntoAContextWithTheChartOfItsProfile() throws SQLException {
        // given
        var user = worker.born("06:45");
        var request = request(user, Requests.birthChart(true));

        // when
        worker.publish(request);

        // then
        var context = worker.contextOf(request);
        assertThat(context.value().getText()).isEqualTo("Will I be famous?");
        assertThat(context.context().causationId()).isEqualTo(request.context().id());
        var chart = context.value().getFacts().getFirst();
        assertThat(chart.getState()).isEqualTo(FactState.FRESH);
        assertThat(chart.getLayer()).isEqualTo(CacheLayer.API);
        assertThat(chart.getText())
                .startsWith("\n### Kundli Data\n\n**Ascendant**: ")
                .contains("\n- Moon: ");
        assertThat(progressOf(request).getStage()).isEqualTo("enrichment");
    }

    @Test
    void gathersEveryKindOfDataThatABotWants() throws SQLException {
        // given
        var user = "user-" + UUID.randomUUID();
        database.profile(
                user,
                1,
                """
                {"country": "IN", "place": {"name": "Pune", "resolved": {"latitude": 18.52, "longitude": 73.86}},
                 "birth": {"date": "1995-08-21", "time": "09:45", "place": "Pune",
                           "resolved": {"latitude": 18.5204, "longitude": 73.8567, "utc_offset": 5.5}},
                 "second": {"birth": {"date": "1988-01-02", "time": "04:30",
                            "latitude": 59.9127, "longitude": 10.7461, "utc_offset": 1}}}
                """);
        var request =
                request(
                        user,
                        wanted("birth_chart", "json"),
                        wanted("second_birth_chart", "json"),
                        wanted("weather", "xml"),
                        wanted("exchange_rates", "markdown"));

        // when
        worker.publish(request);

        // then
        var facts = worker.contextOf(request).value().getFacts();
        assertThat(facts)
                .allSatisfy(fact -> assertThat(fact.getState()).isEqualTo(FactState.FRESH));
        assertThat(facts.get(0).getText())
                .startsWith("{\"ascendant\":")
                .isNotEqualTo(facts.get(1).getText());
        assertThat(facts.get(1).getText()).startsWith("{\"ascendant\":");
        assertThat(facts.get(2).getText()).startsWith("<weather observed_at=");
        assertThat(facts.get(3).getText()).contains("### Exchange Rates", "- 1 INR = ");
    }

    @Test
    void statesTheAbsenceOfAChartThatTheServiceDoesNotGive() throws SQLException {
        // given
        simulator.astrology().scriptTarget("planets", "html");
        var request = request(worker.born("08:45"), Requests.birthChart(false));

        // when
        worker.publish(request);

        // then
        var chart = worker.contextOf(request).value().getFacts().getFirst();
        assertThat(chart.getState()).isEqualTo(FactState.ABSENT);
        assertThat(chart.getAbsence()).isEqualTo("invalid_answer");
        simulator.reset();
    }

    @Test
    void failsTheTurnOfAnIndispensableChartAndGoesOn() {
        // given
        var without = request("nobody-" + UUID.randomUUID(), Requests.birthChart(true));
        var next = request("nobody-" + UUID.randomUUID(), Requests.birthChart(false));

        // when
        worker.publish(without);

        // then
        worker.publish(next);
        assertThat(worker.contextOf(next).value().getFacts().getFirst().getAbsence())
                .isEqualTo("no_birth_details");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLettered("data_unavailable")).isEqualTo(1));
    }

    private static WantedFact wanted(String kind, String format) {
        return WantedFact.newBuilder().setKind(kind).setFormat(format).build();
    }

    private ReplyEvent progressOf(Event<ChatRequested> request) {
        return worker.topics()
                .tail(Topics.CHAT_REPLIES, 0, 0L)
                .map(tailed -> tailed.event().value())
                .filter(reply -> reply.getTurnId().equals(request.value().getTurn().getTurnId()))
                .next()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private double deadLettered(String code) {
        return worker.meters()
                .counter("orrery.stage.dead.lettered", "stage", "enrichment", "code", code)
                .count();
    }
}
