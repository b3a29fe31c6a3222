package dev.orrery.llm.provider;

import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Blocks of configuration, read as the application reads them. */
final class Blocks {

    private Blocks() {}

    static ProviderSettings of(String protocol, String url, String keys) {
        return read(Map.of("protocol", protocol, "base-url", url, "api-key", keys));
    }

    static ProviderSettings bedrock(String keys, String url) {
        return read(Map.of("protocol", "bedrock", "api-key", keys, "aws.endpoint", url));
    }

    static ProviderSettings read(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bind("", ProviderSettings.class)
                .get();
    }
}
