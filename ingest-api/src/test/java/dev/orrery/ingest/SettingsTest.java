package dev.orrery.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.ingest.testing.SettingsClasses;
import dev.orrery.ingest.testing.Tokens;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SettingsTest {

    /** What has no default that would do. */
    private static final Map<String, String> NEEDED = Map.of("orrery.tokens.secret", Tokens.SECRET);

    @Test
    void bindsEveryRecordFromItsDefaults() {
        assertThat(SettingsClasses.all())
                .hasSize(9)
                .allSatisfy(settings -> assertThat(bound(settings, NEEDED)).isInstanceOf(settings));
    }

    @ParameterizedTest
    @CsvSource({
        "orrery.tokens.secret,          short",
        "orrery.tokens.longest-life,    0s",
        "orrery.tokens.jwks-url,        https://issuer.example/keys",
        "orrery.accounts.currency,      rupees",
        "orrery.fallback.universal,     gemini",
        "orrery.gateway.patience,       0s",
        "orrery.messages.deadline,      0s",
        "orrery.messages.grace,         -1s",
        "orrery.replies.keep-alive,     0s",
        "orrery.replies.check-after,    -1s",
        "orrery.replies.reader-buffer,  0",
        "orrery.replies.log-events,     0",
        "orrery.replies.log-size,       0",
        "orrery.replies.foreign-tails,  0",
        "orrery.replies.streams,        0",
        "orrery.replies.streams-of-user, 0",
        "orrery.replies.linger,         0s",
        "orrery.replies.stalled-reader, 1ms",
        "orrery.replies.stalled-reader, 2h",
        "orrery.store.patience,         0s",
        "orrery.sweeper.interval,       0s",
        "orrery.sweeper.patience,       0s",
        "orrery.sweeper.limit,          0",
        "orrery.door.home-partition,    12",
        "orrery.door.home-partition,    -1",
        "orrery.door.reply-partitions,  0"
    })
    void refusesAValueOutOfBoundsAndSaysWhatItExpects(String setting, String value) {
        // given
        var values = new HashMap<>(NEEDED);
        values.put(setting, value);
        var settings =
                SettingsClasses.all()
                        .filter(each -> setting.startsWith(SettingsClasses.prefix(each) + "."))
                        .findFirst()
                        .orElseThrow();

        // when
        Runnable binding = () -> bound(settings, values);

        // then
        assertThatThrownBy(binding::run).rootCause().hasMessageContaining("expected: ");
    }

    private static Object bound(Class<?> settings, Map<String, String> values) {
        var binder = new Binder(new MapConfigurationPropertySource(values));
        return binder.bindOrCreate(SettingsClasses.prefix(settings), settings);
    }
}
