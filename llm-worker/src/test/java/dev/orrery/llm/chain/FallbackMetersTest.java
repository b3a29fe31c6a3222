package dev.orrery.llm.chain;

import static dev.orrery.llm.chain.Chains.PRIMARY;
import static dev.orrery.llm.chain.Chains.SECOND;
import static dev.orrery.llm.chain.Chains.request;
import static dev.orrery.llm.chain.Chains.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.FinishReason;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.scripted.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How often another model than the wanted one is asked, and how long all of them take. */
class FallbackMetersTest {

    private static final ModelFailure OVERLOADED = new ModelFailure.Overloaded("status 503", null);

    private final List<Call> calls = new ArrayList<>();
    private final RecordedChain chain = new RecordedChain(report -> calls.add(report.call()));

    @Test
    void countTheCallsOfFallbacksAndNoOthers() {
        // given
        chain.script("openai", Script.failure(OVERLOADED));
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(
                        chain.meters
                                .get("orrery.llm.fallbacks")
                                .tags("provider", "groq", "result", "answered")
                                .counter()
                                .count())
                .isEqualTo(1);
        assertThat(chain.meters.find("orrery.llm.fallbacks").tag("provider", "openai").counter())
                .isNull();
    }

    @Test
    void countNoFallbackWhereTheFirstTargetIsAskedAgain() {
        // given
        chain.script("openai", Script.failure(OVERLOADED), Script.answer("Good day."));

        // when
        chain.run(request(step("openai", "gpt", 1)));
        chain.advance(Duration.ofSeconds(3));

        // then
        assertThat(chain.results()).containsExactly("overloaded", "answered");
        assertThat(chain.meters.find("orrery.llm.fallbacks").counter()).isNull();
        assertThat(calls).extracting(Call::retries).containsExactly(0, 1);
    }

    @Test
    void tellACallWhatWasPassedOverBeforeIt() {
        // given
        chain.script("groq", Script.answer("Good day."));

        // when
        chain.run(request(PRIMARY, SECOND));

        // then
        assertThat(calls.getFirst().isFallback()).isTrue();
        assertThat(calls.getFirst().before())
                .extracting(CallTrace::result)
                .containsExactly("provider_unavailable");
    }

    @Test
    void measureDurationsInTheBucketsOfTheConventions() {
        // given
        chain.script(
                "openai",
                Script.nothing()
                        .pause(Duration.ofMillis(250))
                        .text("Good day.")
                        .finish(FinishReason.STOP));

        // when
        chain.run(request(PRIMARY));
        chain.advance(Duration.ofSeconds(1));

        // then
        for (var name : List.of("orrery.llm.call.duration", "orrery.llm.first.token")) {
            var buckets = chain.meters.get(name).timer().takeSnapshot().histogramCounts();
            assertThat(buckets).hasSize(14);
            assertThat(buckets[13].bucket(TimeUnit.MILLISECONDS)).isEqualTo(81_920);
            assertThat(
                            Arrays.stream(buckets)
                                    .filter(bucket -> bucket.count() > 0)
                                    .findFirst()
                                    .orElseThrow()
                                    .bucket(TimeUnit.MILLISECONDS))
                    .isEqualTo(320);
        }
    }
}
