package dev.orrery.llm.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.prices.Cost;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Metrics do not grow with what services ask for. */
class CallMetersTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CallMeters counted = new CallMeters(meters);

    @Test
    void tellServersApartOnlyWhereTheyAreConfigured() {
        // when
        counted.ended(answered("openai", "gpt"));
        counted.ended(answered("openai@http://127.0.0.1:9001/v1", "gpt"));
        counted.ended(answered("openai@http://127.0.0.1:9002/v1", "gpt"));

        // then
        assertThat(calls("openai", "gpt")).isEqualTo(1);
        assertThat(calls("openai@named", "gpt")).isEqualTo(2);
    }

    @Test
    void tellNoMoreModelsApartThanAThousand() {
        // when
        for (int i = 0; i < 1_010; i++) {
            counted.ended(answered("openai", "invented-" + i));
        }
        counted.ended(answered("openai", "invented-7"));

        // then
        assertThat(calls("openai", "invented-7")).isEqualTo(2);
        assertThat(calls("openai", "other")).isEqualTo(10);
        assertThat(meters.find("orrery.llm.calls").counters()).hasSize(1_001);
    }

    private double calls(String provider, String model) {
        return meters.get("orrery.llm.calls")
                .tag("provider", provider)
                .tag("model", model)
                .counter()
                .count();
    }

    private static CallReport answered(String provider, String model) {
        var request = Chains.request(Chains.step(provider, model, 0));
        return new CallReport(
                new Call(request, 1, request.steps().getFirst(), List.of()),
                CallTrace.ANSWERED,
                null,
                new Timing(1L, 2),
                null,
                0,
                null,
                null,
                Cost.NONE);
    }
}
