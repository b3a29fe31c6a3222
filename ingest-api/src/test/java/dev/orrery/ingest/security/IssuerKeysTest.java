package dev.orrery.ingest.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** How often an issuer is asked, and how long what it said serves; time is moved by hand. */
class IssuerKeysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JWTClaimsSet CLAIMS = new JWTClaimsSet.Builder().subject("asha").build();

    private final AtomicInteger asked = new AtomicInteger();
    private volatile List<String> published = List.of("1");
    private volatile Mono<Void> answers = Mono.empty();
    private volatile Instant now = Instant.parse("2026-01-15T09:00:00Z");

    private final IssuerKeys keys =
            new IssuerKeys(
                    WebClient.builder().exchangeFunction(request -> issuer()).build(),
                    "https://issuer.example/keys",
                    new MovedClock());

    private final class MovedClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private Mono<ClientResponse> issuer() {
        return Mono.defer(() -> {
            asked.incrementAndGet();
            return answers.then(
                    Mono.fromSupplier(() ->
                            ClientResponse.create(HttpStatus.OK)
                                    .header("Content-Type", "application/json")
                                    .body(document(published))
                                    .build()));
        });
    }

    @Test
    void areAskedForOnceForTokensOfAKnownKey() {
        // when
        var found = Stream.of("1", "1", "1").map(this::find).toList();

        // then
        assertThat(found).containsOnly(List.of("1"));
        assertThat(asked).hasValue(1);
    }

    @Test
    void areAskedForOnceInAWhileForNamesThatNobodyKnows() {
        // given
        find("1");

        // when
        for (int i = 0; i < 100; i++) {
            find("made up " + i);
        }

        // then
        assertThat(asked).hasValue(1);
    }

    @Test
    void areFoundSoonAfterTheyWereAdded() {
        // given
        find("1");
        published = List.of("1", "2");
        now = now.plus(IssuerKeys.PAUSE);

        // when
        var found = find("2");

        // then
        assertThat(found).containsExactly("1", "2");
        assertThat(asked).hasValue(2);
    }

    @Test
    void areForgottenSoonAfterTheyWereWithdrawn() {
        // given
        published = List.of("1", "2");
        find("2");
        published = List.of("1");
        now = now.plus(IssuerKeys.FRESH);

        // when
        var found = find("2");

        // then
        assertThat(found).containsExactly("1");
    }

    @Test
    void serveForAnHourWhileTheIssuerIsAway() {
        // given
        find("1");
        answers = Mono.error(new IllegalStateException("away"));
        now = now.plus(IssuerKeys.USABLE).minusSeconds(1);

        // when
        var before = find("1");
        now = now.plusSeconds(10);

        // then
        assertThat(before).containsExactly("1");
        assertThatThrownBy(() -> find("1")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void areNotAskedForByEveryoneWhileTheIssuerIsAwayAndAreFoundWhenItIsBack() {
        // given
        answers = Mono.error(new IllegalStateException("away"));
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> find("1")).isInstanceOf(IllegalStateException.class);
        }
        int askedInVain = asked.get();
        answers = Mono.empty();
        now = now.plus(IssuerKeys.PAUSE_AFTER_A_FAILURE);

        // when
        var found = find("1");

        // then
        assertThat(askedInVain).isEqualTo(1);
        assertThat(found).containsExactly("1");
    }

    @Test
    void areReadOnceForAllWhoWaitEvenIfTheFirstOfThemLeaves() {
        // given
        var answer = Sinks.<Void>empty();
        answers = answer.asMono();
        var first = keys.of(token("1")).subscribe();
        var second = keys.of(token("1")).collectList().toFuture();

        // when
        first.dispose();
        answer.tryEmitEmpty();

        // then
        assertThat(second.join()).hasSize(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void areNotAskedForForAnAlgorithmThatIsNotTaken() {
        // given
        var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), CLAIMS);

        // when
        var found = keys.of(token).collectList().block(PATIENCE);

        // then
        assertThat(found).isEmpty();
        assertThat(asked).hasValue(0);
    }

    private List<String> find(String name) {
        return requireNonNull(keys.of(token(name)).collectList().block(PATIENCE)).stream()
                .map(JWK::getKeyID)
                .toList();
    }

    private static SignedJWT token(String name) {
        return new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(name).build(), CLAIMS);
    }

    /** The point is the one of RFC 7517, appendix A.1. */
    private static String document(List<String> names) {
        return names.stream()
                .map(
                        """
                        {"kty": "EC", "crv": "P-256", "kid": "%s", "use": "sig",
                         "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
                         "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}
                        """
                                ::formatted)
                .collect(Collectors.joining(",", "{\"keys\": [", "]}"));
    }
}
