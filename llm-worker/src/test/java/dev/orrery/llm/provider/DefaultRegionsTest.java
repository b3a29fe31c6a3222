package dev.orrery.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.gateway.GatewayModels;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Where a provider is asked when nobody says where. */
class DefaultRegionsTest {

    @Test
    void areThoseOfTheConfiguration() {
        // given
        var settings =
                new Binder(
                                new MapConfigurationPropertySource(
                                        Map.of(
                                                "providers.bedrock.protocol", "bedrock",
                                                "providers.bedrock.api-key", "any",
                                                "providers.bedrock.aws.region", "eu-west-1",
                                                "providers.some.base-url", "http://127.0.0.1:1/v1",
                                                "providers.some.key-needed", "false")))
                        .bind("providers", Bindable.mapOf(String.class, ProviderSettings.class))
                        .get();
        try (var providers =
                Providers.open(
                        settings, HttpSettings.defaults(), Clock.systemUTC(), Ticker.system())) {

            // when
            var models = new GatewayModels(providers, endpoint -> Optional.empty());

            // then
            assertThat(models.defaultRegion("bedrock")).isEqualTo("eu-west-1");
            assertThat(models.defaultRegion("some")).isNull();
            assertThat(models.defaultRegion("nobody")).isNull();
        }
    }
}
