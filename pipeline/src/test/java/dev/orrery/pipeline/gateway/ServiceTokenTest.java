package dev.orrery.pipeline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.orrery.pipeline.gateway.tokens.ServiceToken;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceTokenTest {

    private static final String KEY = "v3Qm8sZr1xKd6yTn0bLw5cHf9gJe2uPa-7iOoRxWkSt";
    private static final Instant START = Instant.parse("2026-11-24T10:00:00.900Z");

    private static final GatewayAccess ACCESS =
            GatewayAccess.of(URI.create("https://gateway"), KEY, "reports", "tests");

    private final MovedClock clock = new MovedClock();
    private final ServiceToken token = ACCESS.token(clock);

    @Test
    void saysWhoWeAreForAnHour() throws ParseException, JOSEException {
        // when
        var made = SignedJWT.parse(current());

        // then
        assertThat(made.verify(new MACVerifier(KEY))).isTrue();
        var claims = made.getJWTClaimsSet();
        assertThat(claims.getStringClaim("service")).isEqualTo("reports");
        assertThat(
                        Duration.between(
                                claims.getIssueTime().toInstant(),
                                claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofHours(1));
        assertThat(claims.getJWTID()).isNotBlank();
    }

    @Test
    void isMadeForOneBodyAndAMinuteWhereThatIsWanted() throws Exception {
        // given
        var signing = ACCESS.signingBodies(Duration.ofSeconds(60)).token(clock);
        var body = "{}".getBytes(StandardCharsets.UTF_8);

        // when
        var made = SignedJWT.parse(signing.of(body));

        // then
        assertThat(made.verify(new MACVerifier(KEY))).isTrue();
        assertThat(made.getJWTClaimsSet().getStringClaim("bsh"))
                .isEqualTo("RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o");
        assertThat(
                        Duration.between(
                                made.getJWTClaimsSet().getIssueTime().toInstant(),
                                made.getJWTClaimsSet().getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void outlivesNoBodyByAnHour() {
        // when / then
        assertThatThrownBy(() -> ACCESS.signingBodies(Duration.ofHours(1)))
                .hasMessage("gateway token life: PT1H (expected: 10 s to 5 min)");
    }

    @Test
    void isTheSameForAllBodiesOtherwise() throws ParseException {
        // when
        var one = token.of(new byte[] {1});

        // then
        assertThat(one).isEqualTo(token.of(new byte[] {2}));
        assertThat(SignedJWT.parse(one).getJWTClaimsSet().getClaims()).doesNotContainKey("bsh");
    }

    @Test
    void isUsedUntilTwoSecondsBeforeItsEnd() {
        // given
        var first = current();
        clock.now = START.plusSeconds(3_597);
        var last = current();

        // when
        clock.now = START.plusSeconds(3_598);

        // then
        assertThat(last).isEqualTo(first);
        assertThat(current()).isNotEqualTo(first);
    }

    @Test
    void isMadeOnceHoweverManyAskAtTheSameTime() {
        // given
        var first = current();
        clock.now = START.plus(Duration.ofDays(1));

        // when
        var made =
                IntStream.range(0, 200)
                        .parallel()
                        .mapToObj(each -> current())
                        .collect(Collectors.toSet());

        // then
        assertThat(made).hasSize(1).doesNotContain(first);
    }

    @ParameterizedTest
    @CsvSource({
        "http://gateway.example,     'gateway: http://gateway.example (expected: https, or http on this machine)'",
        "http://localhost.evil.com,  'gateway: http://localhost.evil.com (expected: https, or http on this machine)'",
        "https://a:b@gateway,        'gateway: https://gateway (expected: https, or http on this machine)'",
        "ftp://gateway,              'gateway: ftp://gateway (expected: https, or http on this machine)'",
        "'',                         LLM_GATEWAY_HOST is not defined in settings"
    })
    void isSentToNobodyWhoMayBeOverheard(String url, String message) {
        // when / then
        assertThatThrownBy(() -> GatewayAccess.of(URI.create(url), KEY, "reports", "tests"))
                .hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource({"http://localhost:8083", "http://127.0.0.1:8083", "http://[::1]:8083", "https://x"})
    void isSentToThisMachineOrUnderCover(String url) {
        // when
        var access = GatewayAccess.of(URI.create(url), KEY, "reports", "tests");

        // then
        assertThat(access.toString()).doesNotContain(KEY);
    }

    @Test
    void isSentInTheClearWhereThatIsWanted() {
        // when
        var access =
                new GatewayAccess(
                        URI.create("http://gateway:8083"),
                        KEY,
                        "reports",
                        "tests",
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        true);

        // then
        assertThat(access.generate()).isEqualTo(URI.create("http://gateway:8083/v1/generate/"));
    }

    @Test
    void isMadeWithNoWeakKey() {
        // when / then
        assertThatThrownBy(() ->
                        GatewayAccess.of(URI.create("https://x"), "dummy_key", "reports", "tests"))
                .hasMessage("gateway key: 9 bytes (expected: at least 32)");
    }

    private String current() {
        return token.of(new byte[0]);
    }

    private static final class MovedClock extends Clock {

        private volatile Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
