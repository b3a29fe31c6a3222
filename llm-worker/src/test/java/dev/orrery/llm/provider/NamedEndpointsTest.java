package dev.orrery.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.http.Permission;
import dev.orrery.llm.http.RefusedEndpoint;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.PlayedProvider;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.testing.ServerSent;
import dev.orrery.llm.time.Ticker;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Endpoints that a caller or the database names. */
class NamedEndpointsTest {

    private final PlayedProvider provider =
            new PlayedProvider()
                    .playing(
                            PlayedAnswer.events(
                                    ServerSent.data(
                                            "{\"choices\":[{\"delta\":{\"content\":\"Hi\"},"
                                                    + "\"finish_reason\":\"stop\"}]}"),
                                    ServerSent.data("[DONE]")));

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void areAskedInTheCommonProtocolAndGetNoKey() {
        try (var providers = providers(Permission.ALLOWED)) {
            // when
            var model = providers.at(URI.create(provider.url() + "/v1"));
            var heard = Heard.of(model.stream(Prompts.plain("model-1")));

            // then
            assertThat(heard.failure()).isNull();
            assertThat(heard.text()).isEqualTo("Hi");
            var asked = provider.asked().getFirst();
            assertThat(asked.uri()).isEqualTo("/v1/chat/completions");
            assertThat(asked.headers()).doesNotContainKeys("authorization", "x-api-key");
        }
    }

    @Test
    void areRefusedOnThisMachineUnlessDevelopersAllowIt() {
        try (var providers = providers(Permission.REFUSED)) {
            // when / then
            assertThatThrownBy(() -> providers.at(URI.create(provider.url() + "/v1")))
                    .isInstanceOf(RefusedEndpoint.class);
            assertThat(provider.connections()).isZero();
        }
    }

    @Test
    void areNotFollowedElsewhere() {
        // given
        provider.playing(
                PlayedAnswer.of(307, "text/plain", "")
                        .with("location", provider.url() + "/elsewhere"));

        try (var providers = providers(Permission.ALLOWED)) {
            // when
            var model = providers.at(URI.create(provider.url() + "/v1"));
            var heard = Heard.of(model.stream(Prompts.plain("model-1")));

            // then
            assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.MalformedResponse.class);
            assertThat(provider.asked()).hasSize(1);
        }
    }

    /** A provider with a key stands beside, whose key must not go elsewhere. */
    private Providers providers(Permission privateAddresses) {
        var http =
                new HttpSettings(
                        8,
                        Duration.ofSeconds(15),
                        Duration.ofMinutes(5),
                        DataSize.ofKilobytes(8),
                        DataSize.ofKilobytes(16),
                        Permission.REFUSED,
                        privateAddresses,
                        Set.of());
        return Providers.open(
                Map.of("openai", Blocks.of("openai", provider.url(), "key-1")),
                http,
                Clock.systemUTC(),
                Ticker.system());
    }
}
