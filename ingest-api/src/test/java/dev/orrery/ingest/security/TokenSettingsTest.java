package dev.orrery.ingest.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.orrery.ingest.testing.Tokens;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenSettingsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final URI ISSUER = URI.create("https://issuer.example/keys");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dummy_key",
                "a-secret-of-thirty-one-bytes-0o",
                "changeme-changeme-changeme-changeme",
                "abababababababababababababababababababab"
            })
    void refusesASecretThatIsNone(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenSettings(secret, null, null, HOUR))
                .withMessageStartingWith("ORRERY_JWT_SECRET: ")
                .withMessageNotContaining(secret);
    }

    @Test
    void wantsEitherASecretOrAnIssuer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenSettings(" ", URI.create(""), null, HOUR));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenSettings(Tokens.SECRET, ISSUER, null, HOUR));
        assertThat(new TokenSettings("", ISSUER, "", HOUR).audience()).isNull();
    }

    @Test
    void keepsTheSecretOutOfLogs() {
        // given
        var settings = new TokenSettings(Tokens.SECRET, null, null, HOUR);

        // when
        var shown = settings.toString();

        // then
        assertThat(shown).doesNotContain(Tokens.SECRET).contains("PT1H");
    }
}
