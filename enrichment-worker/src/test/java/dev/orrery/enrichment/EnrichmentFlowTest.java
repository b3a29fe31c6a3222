package dev.orrery.enrichment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.enrichment.cache.CacheSettings;
import dev.orrery.enrichment.cache.FactCaches;
import dev.orrery.enrichment.facts.Facts;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.ContextAssembled;
import dev.orrery.events.Fact;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.pipeline.profiles.Profiles;
import dev.orrery.pipeline.redis.Redis;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** The flow where no source is known, so that every wanted fact is absent. */
class EnrichmentFlowTest {

    private static final Instant NOW = Instant.parse("2026-07-16T10:00:00Z");

    private final ManualClock clock = new ManualClock(NOW);
    private final Redis nowhere = new Redis("redis://127.0.0.1:1", Duration.ofMillis(50));
    private final List<Integer> profilesRead = new ArrayList<>();
    private final Profiles profiles =
            (user, version) -> {
                profilesRead.add(version);
                return Mono.just(Profile.EMPTY);
            };
    private final EnrichmentFlow flow =
            new EnrichmentFlow(profiles, noFacts(), Duration.ofSeconds(5), clock);

    @AfterEach
    void close() {
        nowhere.close();
    }

    @Test
    void announcesTheStageAndThenStatesWhatIsKnown() {
        // given
        var request = Requests.of("asha", 7, NOW, Requests.birthChart(false));

        // when
        var emitted = flow.handle(request).collectList().blockOptional().orElseThrow();

        // then
        assertThat(emitted)
                .extracting(event -> event.topic().name())
                .containsExactly("chat.replies", "chat.contexts");
        var progress = (ReplyEvent) emitted.get(0).value();
        assertThat(progress.getKind()).isEqualTo(ReplyKind.PROGRESS);
        assertThat(progress.getStage()).isEqualTo("enrichment");
        var context = (ContextAssembled) emitted.get(1).value();
        assertThat(context.getTurn()).isEqualTo(request.value().getTurn());
        assertThat(context.getText()).isEqualTo("Will I be famous?");
        assertThat(context.getFacts()).extracting(Fact::getAbsence).containsExactly("unknown_kind");
        assertThat(emitted.get(1).key()).isEqualTo(request.key());
        assertThat(profilesRead).containsExactly(7);
    }

    @Test
    void saysTheSameUnderTheSameIdsWhenARequestIsRedelivered() {
        // given
        var request = Requests.of("asha", 7, NOW, Requests.birthChart(false));
        var before = ids(request);

        // when
        var again = ids(request);

        // then
        assertThat(again).isEqualTo(before).doesNotHaveDuplicates();
    }

    @Test
    void readsNothingForATurnThatWantsNothing() {
        // given
        var request = Requests.of("asha", 7, NOW);

        // when
        var emitted = flow.handle(request).collectList().blockOptional().orElseThrow();

        // then
        assertThat(profilesRead).isEmpty();
        var context = (ContextAssembled) emitted.getLast().value();
        assertThat(context.getFacts()).isEmpty();
    }

    @Test
    void failsTheTurnForAnAbsentFactOnlyWhenItIsIndispensable() {
        // given
        var request =
                Requests.of("asha", 7, NOW, Requests.birthChart(false), Requests.birthChart(true));
        var emitted = new ArrayList<Event<?>>();

        // when
        Runnable handle = () -> flow.handle(request).doOnNext(emitted::add).blockLast();

        // then
        assertThatThrownBy(handle::run)
                .isInstanceOfSatisfying(
                        StageFailure.Permanent.class,
                        failure ->
                                assertThat(failure.code()).isEqualTo(FailureCode.DATA_UNAVAILABLE))
                .hasMessage("birth_chart: unknown_kind (expected: to be there)");
        assertThat(emitted)
                .extracting(event -> event.topic().name())
                .containsExactly(Topics.CHAT_REPLIES.name());
    }

    private List<Object> ids(Event<ChatRequested> request) {
        return flow.handle(request)
                .map(event -> (Object) event.context().id())
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private Facts noFacts() {
        var settings =
                new CacheSettings(
                        DataSize.ofMegabytes(1),
                        Duration.ofMinutes(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30));
        var meters = new SimpleMeterRegistry();
        var caches = new FactCaches(settings, nowhere, FactsDatabase.away(), clock, meters);
        return Facts.of(List.of(), caches, meters);
    }
}
