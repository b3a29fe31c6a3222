package dev.orrery.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.time.Ticker;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Whether a provider's models take tools, its configuration says. */
class ToollessProvidersTest {

    @Test
    void takeToolsUnlessTheirConfigurationSaysOtherwise() {
        // given
        var settings =
                new Binder(
                                new MapConfigurationPropertySource(
                                        Map.of(
                                                "providers.some.base-url", "http://127.0.0.1:1/v1",
                                                "providers.some.key-needed", "false",
                                                "providers.plain.base-url", "http://127.0.0.1:1/v1",
                                                "providers.plain.key-needed", "false",
                                                "providers.plain.tools", "false")))
                        .bind("providers", Bindable.mapOf(String.class, ProviderSettings.class))
                        .get();

        // when
        try (var providers =
                Providers.open(
                        settings, HttpSettings.defaults(), Clock.systemUTC(), Ticker.system())) {

            // then
            assertThat(providers.takesTools("some")).isTrue();
            assertThat(providers.takesTools("plain")).isFalse();
        }
    }
}
