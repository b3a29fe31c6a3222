package dev.orrery.llm.gateway.repeats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.llm.chain.CallTrace;
import dev.orrery.llm.gateway.answer.Outcome;
import dev.orrery.llm.gateway.answer.ToolCall;
import dev.orrery.llm.gateway.answer.Usage;
import dev.orrery.llm.time.Ticker;
import dev.orrery.pipeline.digest.Sha256;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.redis.Redis;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Mono;

/** Two replicas, and the Redis they share. */
class RepeatsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration HASTE = Duration.ofMillis(80);
    private static final RepeatSettings SETTINGS =
            new RepeatSettings(
                    Duration.ofHours(24),
                    Duration.ofSeconds(5),
                    DataSize.ofKilobytes(4),
                    DataSize.ofKilobytes(6));
    private static final Outcome.Answered ANSWER = answer("A good angle.");
    private static final Outcome FAILURE =
            new Outcome.Failed(FailureCode.ALL_PROVIDERS_FAILED, List.of());

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Repeats one = open(SharedServers.redis().url());
    private final Repeats other = open(SharedServers.redis().url());
    private final NamedRequest request = named("What is a sextile?");

    private Repeats open(String redis) {
        return Repeats.open(SETTINGS, redis, Ticker.system(), meters);
    }

    private static Outcome.Answered answer(String text) {
        return new Outcome.Answered(
                "openai",
                "gpt",
                "tool",
                text,
                List.of(new ToolCall("call_1", "chart", "{\"of\":\"ü\"}")),
                new Usage(31, 4, null, 2L, false),
                List.of(new CallTrace(1, "openai", "gpt", null, CallTrace.ANSWERED, 3L, 9, 7L)));
    }

    private static NamedRequest named(String body) {
        return NamedRequest.of("reports", "r-" + UUID.randomUUID(), Sha256.of(body), null);
    }

    private static NamedRequest with(NamedRequest request, String service, String body) {
        return NamedRequest.of(service, request.id(), Sha256.of(body), null);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    private static Claim claim(Repeats replica, NamedRequest request) {
        return Objects.requireNonNull(replica.claim(request, PATIENCE).block(PATIENCE));
    }

    private static Claim.Fresh fresh(Repeats replica, NamedRequest request) {
        return (Claim.Fresh) claim(replica, request);
    }

    private double counted(String outcome) {
        return meters.counter("orrery.gateway.repeats", "outcome", outcome).count();
    }

    @Test
    void giveTheSameAnswerToTheSameRequestAtAnyReplica() {
        // given
        fresh(one, request).keeping(Mono.just(ANSWER)).block(PATIENCE);

        // when
        var again = claim(other, request);

        // then
        assertThat(again).isEqualTo(new Claim.Known(ANSWER));
        assertThat(counted(Repeats.KNOWN)).isEqualTo(1);
    }

    @Test
    void refuseAnotherRequestOfTheSameName() {
        // given
        var differs = with(request, "reports", "What is a trine?");
        fresh(one, request).keeping(Mono.just(ANSWER)).block(PATIENCE);

        // when / then
        assertThatThrownBy(() -> claim(other, differs))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem ->
                                assertThat(problem.type().code()).isEqualTo("request_id_conflict"));
    }

    @Test
    void refuseAnotherRequestOfTheSameNameAlsoWhileTheFirstIsBeingAnswered() {
        // given
        fresh(one, request);

        // when / then
        assertThatThrownBy(() -> claim(other, with(request, "reports", "What is a trine?")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("another request");
    }

    @Test
    void tellNoServiceOfTheRequestsOfAnother() {
        // given
        fresh(one, request).keeping(Mono.just(ANSWER)).block(PATIENCE);

        // when
        var theirs = claim(other, with(request, "billing", "What is a sextile?"));

        // then
        assertThat(theirs).isInstanceOf(Claim.Fresh.class);
    }

    @Test
    void tellNoUserOfTheRequestsOfAnother() {
        // given
        var hash = Sha256.of("Who am I?");
        var ofAsha = NamedRequest.of("reports", request.id(), hash, "asha");
        var ofRavi = NamedRequest.of("reports", request.id(), hash, "ravi");
        fresh(one, ofAsha).keeping(Mono.just(ANSWER)).block(PATIENCE);

        // when / then
        assertThatThrownBy(() -> claim(one, ofRavi)).isInstanceOf(Problem.class);
    }

    @Test
    void letThoseWaitWhoComeMeanwhile() {
        // given
        var first = fresh(one, request);
        var waiting = other.claim(request, PATIENCE).toFuture();

        // when
        first.keeping(Mono.just(ANSWER)).block(PATIENCE);

        // then
        assertThat(Mono.fromFuture(waiting).block(PATIENCE)).isEqualTo(new Claim.Known(ANSWER));
    }

    @Test
    void letOneOfThoseWhoWaitGoOnWhenTheFirstHasNoAnswer() {
        // given
        var first = fresh(one, request);
        var waiting = other.claim(request, PATIENCE).toFuture();

        // when
        first.keeping(Mono.just(FAILURE)).block(PATIENCE);

        // then
        assertThat(Mono.fromFuture(waiting).block(PATIENCE)).isInstanceOf(Claim.Fresh.class);
    }

    @Test
    void letOthersTryWhenTheFirstIsBrokenOff() {
        // given
        var going = fresh(one, request).keeping(Mono.<Outcome>never()).subscribe();

        // when
        going.dispose();

        // then
        assertThat(claim(other, request)).isInstanceOf(Claim.Fresh.class);
    }

    @Test
    void letOthersTryWhenTheFirstMeetsADefect() {
        // given
        fresh(one, request)
                .keeping(Mono.<Outcome>error(new IllegalStateException("a defect")))
                .onErrorComplete()
                .block(PATIENCE);

        // when
        var next = claim(other, request);

        // then
        assertThat(next).isInstanceOf(Claim.Fresh.class);
    }

    @Test
    void sayAtTheDeadlineThatAnotherCallIsStillAtIt() {
        // given
        fresh(one, request);

        // when / then
        assertThatThrownBy(() -> other.claim(request, HASTE).block(PATIENCE))
                .isInstanceOfSatisfying(
                        Problem.class,
                        problem -> {
                            assertThat(problem.type().code()).isEqualTo("request_in_progress");
                            assertThat(problem.members()).containsEntry(Problem.RETRY_AFTER, 1L);
                        });
    }

    @Test
    void keepNoAnswerThatIsTooLarge() {
        // given
        fresh(one, request).keeping(Mono.just(answer("x".repeat(4_096)))).block(PATIENCE);

        // when
        var again = claim(other, request);

        // then
        assertThat(again).isInstanceOf(Claim.Fresh.class);
        assertThat(counted("too_large")).isEqualTo(1);
    }

    @Test
    void keepNoMoreOfAServiceThanItsShare() {
        // given
        var large = answer("x".repeat(3_000));
        var second = named("What is a trine?");
        fresh(one, request).keeping(Mono.just(large)).block(PATIENCE);

        // when
        fresh(one, second).keeping(Mono.just(large)).block(PATIENCE);

        // then
        assertThat(claim(other, request)).isInstanceOf(Claim.Known.class);
        assertThat(claim(other, second)).isInstanceOf(Claim.Fresh.class);
    }

    @Test
    void replaceNothingThatSomebodyElseHasWrittenSince() {
        // given
        var late = fresh(one, request);
        try (var redis = new Redis(SharedServers.redis().url(), PATIENCE)) {
            redis.ask(commands -> commands.del(request.key())).block(PATIENCE);
            fresh(other, request).keeping(Mono.just(ANSWER)).block(PATIENCE);

            // when
            late.keeping(Mono.just(answer("Too late."))).block(PATIENCE);

            // then
            assertThat(claim(one, request)).isEqualTo(new Claim.Known(ANSWER));
        }
    }

    @Test
    void doWithoutWhatTheyCannotRead() {
        // given
        var garbage = "garbage".getBytes(StandardCharsets.UTF_8);
        try (var redis = new Redis(SharedServers.redis().url(), PATIENCE)) {
            redis.ask(commands -> commands.set(request.key(), garbage)).block(PATIENCE);

            // when
            var claim = claim(one, request);

            // then
            assertThat(claim).isInstanceOf(Claim.Fresh.class);
            assertThat(counted("unreadable")).isEqualTo(1);
        }
    }

    @Test
    void areForgottenAfterADay() {
        // given
        fresh(one, request).keeping(Mono.just(ANSWER)).block(PATIENCE);
        try (var redis = new Redis(SharedServers.redis().url(), PATIENCE)) {

            // when
            var life = redis.ask(commands -> commands.ttl(request.key())).block(PATIENCE);

            // then
            assertThat(life).isBetween(86_000L, 86_400L);
        }
    }

    @Test
    void holdANameNoLongerThanItsRequestHasTime() {
        // given
        one.claim(request, Duration.ofSeconds(30)).block(PATIENCE);
        try (var redis = new Redis(SharedServers.redis().url(), PATIENCE)) {

            // when
            var life = redis.ask(commands -> commands.ttl(request.key())).block(PATIENCE);

            // then
            assertThat(life).isBetween(20L, 40L);
        }
    }

    @Test
    void letCallsThroughWhileRedisIsAway() {
        // given
        try (var alone = open("redis://127.0.0.1:1")) {

            // when
            var first = fresh(alone, request).keeping(Mono.just(ANSWER)).block(PATIENCE);
            var second = claim(alone, request);

            // then
            assertThat(first).isEqualTo(ANSWER);
            assertThat(second).isInstanceOf(Claim.Fresh.class);
            assertThat(counted("away")).isEqualTo(2);
        }
    }

    @Test
    void knowNobodyWithoutAName() {
        // when
        var claim = one.claim(null, PATIENCE).block(PATIENCE);

        // then
        assertThat(claim).isEqualTo(new Claim.Fresh(Claim.Promise.TO_NOBODY, Duration.ZERO));
    }
}
