package dev.orrery.enrichment;

import static dev.orrery.enrichment.RunningEnrichmentWorker.PATIENCE;
import static dev.orrery.enrichment.RunningEnrichmentWorker.profile;
import static dev.orrery.enrichment.RunningEnrichmentWorker.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.ChatRequested;
import dev.orrery.pipeline.event.Event;
import dev.orrery.simulator.Simulator;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The app as it is deployed, and what it knows from one turn to the next. */
@ExtendWith(SharedEnrichmentWorker.class)
class EnrichmentWorkerMemoryTest {

    private final RunningEnrichmentWorker worker;
    private final Simulator simulator;
    private final FactsDatabase database;

    EnrichmentWorkerMemoryTest(RunningEnrichmentWorker worker) {
        this.worker = worker;
        this.simulator = worker.simulator();
        this.database = worker.database();
    }

    @Test
    void sharesTheChartOfOneBirthBetweenUsersAndAsksAnewForAnEditedOne() throws SQLException {
        // given
        var asha = request(worker.born("07:45"), Requests.birthChart(true));
        worker.publish(asha);
        worker.contextOf(asha);
        simulator.astrology().calls().forget();
        var twin = request(worker.born("07:45"), Requests.birthChart(true));
        var edited = request(worker.born("07:46"), Requests.birthChart(true));

        // when
        worker.publish(twin);

        // then
        assertThat(layerOf(twin)).isEqualTo(CacheLayer.INSTANCE);
        assertThat(simulator.astrology().calls().count()).isZero();
        worker.publish(edited);
        assertThat(layerOf(edited)).isEqualTo(CacheLayer.API);
        assertThat(simulator.astrology().calls().count("planets")).isEqualTo(1);
    }

    @Test
    void forgetsWhatItLearnedOfAUserWhoTakesTheirProfileBack() throws SQLException {
        // given
        var asha = worker.born("10:45");
        var request = request(asha, Requests.birthChart(true));
        worker.publish(request);
        worker.contextOf(request);
        int before = charts();

        // when
        database.run(
                "insert into chat.erasures (user_id, version, document) values (?, 1, ?::jsonb)",
                asha,
                profile("10:45"));

        // then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(forgotten()).isPositive());
        assertThat(charts()).isEqualTo(before - 1);
        var twin = request(worker.born("10:45"), Requests.birthChart(true));
        worker.publish(twin);
        assertThat(layerOf(twin)).isEqualTo(CacheLayer.API);
    }

    private CacheLayer layerOf(Event<ChatRequested> request) {
        return worker.contextOf(request).value().getFacts().getFirst().getLayer();
    }

    /** How often the nearest layer forgot something, which is the last to do so. */
    private long forgotten() {
        return worker
                .meters()
                .find("orrery.enrichment.layer")
                .tags("layer", "instance", "operation", "forget", "result", "forgotten")
                .timers()
                .stream()
                .mapToLong(timer -> timer.count())
                .sum();
    }

    private int charts() throws SQLException {
        return database.count(
                "select count(*) from enrichment.facts where kind = ?", "birth_chart");
    }
}
