package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.gateway.repeats.RepeatSettings;
import dev.orrery.pipeline.gateway.tokens.TokenSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

class GatewaySettingsTest {

    @Test
    void hasDefaultsForAllButTheKey() {
        // when
        var settings = RunningGateway.settings();

        // then
        assertThat(settings.maxBody()).isEqualTo(DataSize.ofMegabytes(1));
        assertThat(settings.stalledReader()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.limits().deadline()).isEqualTo(Duration.ofSeconds(120));
        assertThat(settings.cache().size()).isEqualTo(DataSize.ofBytes(0));
        assertThat(settings.rates().redisLimit()).isEqualTo(Duration.ofMillis(100));
        assertThat(settings.tokens().services()).isEmpty();
        assertThat(settings.tokens().bodyHash()).isEqualTo(TokenSettings.BodyHash.OPTIONAL);
        assertThat(settings.idle()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.repeats())
                .isEqualTo(
                        new RepeatSettings(
                                Duration.ofHours(24),
                                Duration.ofMillis(250),
                                DataSize.ofKilobytes(256),
                                DataSize.ofMegabytes(64)));
    }

    @Test
    void saysNothingOfItsSecrets() {
        // when
        var said =
                RunningGateway.settings("rates.redis-url=redis://:hunter2@redis:6379").toString();

        // then
        assertThat(said).doesNotContain(Tokens.KEY).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource({
        "tokens.key=dummy_key,                             ORRERY_GATEWAY_KEY: 9 bytes (expected: at least 32)",
        "tokens.key=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, ORRERY_GATEWAY_KEY: a placeholder",
        "tokens.previous-key=short,                        ORRERY_GATEWAY_PREVIOUS_KEY",
        "limits.deadline=0s,                               orrery.gateway.limits.deadline",
        "limits.stall=0s,                                  expected: above 0",
        "rates.redis-limit=0s,                             orrery.gateway.rates.redis-limit",
        "rates.user.burst=0,                               orrery.gateway.rates",
        "cache.life=0s,                                    orrery.gateway.cache",
        "repeats.life=8d,                                  orrery.gateway.repeats.life",
        "repeats.redis-limit=0s,                           orrery.gateway.repeats.redis-limit",
        "repeats.max-answer=5MB,                           orrery.gateway.repeats.max-answer",
        "repeats.share=1KB,                                orrery.gateway.repeats.share",
        "idle=1ms,                                         orrery.gateway.idle",
        "stalled-reader=1ms,                               orrery.gateway.stalled-reader",
        "stalled-reader=2h,                                orrery.gateway.stalled-reader",
        "max-body=17MB,                                    orrery.gateway.max-body"
    })
    void refusesAValueOutOfBoundsAndNamesIt(String setting, String message) {
        // when / then
        assertThatThrownBy(() -> RunningGateway.settings(setting))
                .rootCause()
                .hasMessageContaining(message);
    }

    @Test
    void isNotThereWithoutAKey() {
        // given
        var app =
                new ApplicationContextRunner()
                        .withUserConfiguration(GatewayConfiguration.class)
                        .withPropertyValues("orrery.gateway.tokens.key=");

        // when
        app.run(started ->

                // then
                assertThat(started).hasNotFailed().doesNotHaveBean("gateway"));
    }
}
