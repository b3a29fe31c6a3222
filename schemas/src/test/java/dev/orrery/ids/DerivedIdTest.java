package dev.orrery.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerivedIdTest {

    /** Namespace of domain names, RFC 9562 section 6.6. */
    private static final UUID DOMAIN_NAMES =
            UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    @Test
    void isTheExampleOfTheStandard() {
        // when
        var id = DerivedId.of(DOMAIN_NAMES, "www.example.com");

        // then
        assertThat(id).hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2"); // RFC 9562, A.4
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "मीरा", "\uD83C\uDF19", "ChatOutcome/0"})
    void isOfVersionFiveAndTheSameEachTime(String name) {
        // when
        var id = DerivedId.of(DOMAIN_NAMES, name);

        // then
        assertThat(id.version()).isEqualTo(5);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(DerivedId.of(DOMAIN_NAMES, name)).isEqualTo(id);
    }

    @Test
    void tellsEventsOfOneCauseApartByTypeAndOrdinal() {
        // given
        var cause = UUID.fromString("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0001");
        var ids = new HashSet<UUID>();

        // when
        for (var type : new String[] {"ReplyEvent", "ChatOutcome", "ReplyEvent/1"}) {
            for (long ordinal : new long[] {0, 1, 1_000_001, Long.MAX_VALUE}) {
                ids.add(DerivedId.ofEvent(cause, type, ordinal));
            }
        }

        // then
        assertThat(ids).hasSize(12);
        assertThat(DerivedId.ofEvent(cause, "ReplyEvent", 1))
                .isEqualTo(DerivedId.of(cause, "ReplyEvent/1"));
    }
}
