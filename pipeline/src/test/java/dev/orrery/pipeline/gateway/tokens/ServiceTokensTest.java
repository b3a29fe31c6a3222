package dev.orrery.pipeline.gateway.tokens;

import static dev.orrery.embedded.testing.HandmadeTokens.encoded;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.embedded.testing.HandmadeTokens;
import dev.orrery.pipeline.gateway.tokens.TokenSettings.BodyHash;
import dev.orrery.pipeline.http.Problem;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;

class ServiceTokensTest {

    private static final String KEY = "v3Qm8sZr1xKd6yTn0bLw5cHf9gJe2uPa-7iOoRxWkSt";
    private static final String HS256 = "{\"alg\":\"HS256\"}";
    private static final long NOW = 1_795_000_000L;
    private static final String OTHER_KEY = "w" + KEY.substring(1);
    private static final String GOOD = "{\"service\":\"reports\",\"exp\":" + (NOW + 600) + "}";

    /** Claims with a good signature. */
    private static String signed(String claims) {
        return HandmadeTokens.signed(HS256, claims, "HmacSHA256", KEY);
    }

    private static String signed(String header, String claims, String algorithm, String key) {
        return HandmadeTokens.signed(header, claims, algorithm, key);
    }

    private static ServiceTokens tokens(String previousKey, Set<String> services, String audience) {
        var clock = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
        var settings = new TokenSettings(KEY, previousKey, services, audience, BodyHash.OPTIONAL);
        return new ServiceTokens(settings, clock);
    }

    private static ServiceTokens tokens() {
        return tokens("", Set.of(), "");
    }

    private static HttpHeaders authorization(String... values) {
        var headers = new HttpHeaders();
        for (var value : values) {
            headers.add(HttpHeaders.AUTHORIZATION, value);
        }
        return headers;
    }

    @ParameterizedTest
    @MethodSource("goodTokens")
    void takesATokenThatIsWhatItShouldBe(String what, String token) {
        // when
        var caller = tokens().caller(authorization("jwt " + token));

        // then
        assertThat(caller).as(what).isEqualTo(new Caller("reports", null));
    }

    static Stream<Arguments> goodTokens() {
        return Stream.of(
                arguments("the least that there can be", signed(GOOD)),
                arguments("with a type", headed("{\"typ\":\"JWT\",\"alg\":\"HS256\"}")),
                arguments("of an hour", claims("\"iat\":" + NOW + ",\"exp\":" + (NOW + 3_600))),
                arguments(
                        "from a clock that is ahead",
                        claims(
                                "\"iat\":"
                                        + (NOW + 5)
                                        + ",\"nbf\":"
                                        + (NOW + 5)
                                        + ",\"exp\":"
                                        + (NOW + 3_605))),
                arguments("just expired", claims("\"exp\":" + (NOW - 4))),
                arguments(
                        "with claims of its own",
                        claims("\"jti\":\"x\",\"aud\":\"any\",\"exp\":" + (NOW + 9))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void refusesATokenAndDoesNotSayWhy(String what, String token) {
        // given
        var tokens = tokens();

        // when / then
        assertThatThrownBy(() -> tokens.caller(authorization("jwt " + token)))
                .as(what)
                .isInstanceOf(Problem.class)
                .hasMessage("the service token is missing or not valid");
    }

    static Stream<Arguments> badTokens() {
        var good = signed(GOOD);
        var parts = good.split("\\.");
        var content = parts[0] + "." + parts[1];
        return Stream.of(
                arguments("nothing", ""),
                arguments("nonsense", "nonsense"),
                arguments("two parts", content),
                arguments("four parts", good + ".x"),
                arguments("no signature", content + "."),
                arguments("padding", good + "="),
                arguments("something behind it", good + "AAAA"),
                arguments("a blank before it", " " + good),
                arguments(
                        "other claims",
                        parts[0]
                                + "."
                                + encoded(GOOD.replace("reports", "admin"))
                                + "."
                                + parts[2]),
                arguments("another key", signed(HS256, GOOD, "HmacSHA256", OTHER_KEY)),
                arguments("an empty key", unsignedBy("{\"alg\":\"HS256\"}")),
                arguments("alg none", unsignedBy("{\"alg\":\"none\"}")),
                arguments("alg nOnE", unsignedBy("{\"alg\":\"nOnE\"}")),
                arguments("alg none, signed", headed("{\"alg\":\"none\"}")),
                arguments("alg in lower case", headed("{\"alg\":\"hs256\"}")),
                arguments("no alg", headed("{}")),
                arguments("alg as list", headed("{\"alg\":[\"HS256\"]}")),
                arguments(
                        "another algorithm",
                        signed("{\"alg\":\"HS512\"}", GOOD, "HmacSHA512", KEY)),
                arguments("key confusion", headed("{\"alg\":\"RS256\"}")),
                arguments("alg twice", headed("{\"alg\":\"none\",\"alg\":\"HS256\"}")),
                arguments("kid as path", headed("{\"alg\":\"HS256\",\"kid\":\"../../dev/null\"}")),
                arguments(
                        "kid as SQL", headed("{\"alg\":\"HS256\",\"kid\":\"x' union select 'k\"}")),
                arguments(
                        "jku", headed("{\"alg\":\"HS256\",\"jku\":\"https://evil.example/keys\"}")),
                arguments(
                        "x5u", headed("{\"alg\":\"HS256\",\"x5u\":\"https://evil.example/cert\"}")),
                arguments(
                        "jwk, signed with it",
                        signed(
                                "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\""
                                        + encoded(OTHER_KEY)
                                        + "\"}}",
                                GOOD,
                                "HmacSHA256",
                                OTHER_KEY)),
                arguments("crit", headed("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}")),
                arguments("b64", headed("{\"alg\":\"HS256\",\"b64\":false,\"crit\":[\"b64\"]}")),
                arguments("another type", headed("{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}")),
                arguments("no service", signed("{\"exp\":" + (NOW + 600) + "}")),
                arguments(
                        "a user's token",
                        signed(
                                "{\"sub\":\"asha\",\"scope\":\"chat\",\"exp\":"
                                        + (NOW + 600)
                                        + "}")),
                arguments("an empty service", signed(GOOD.replace("reports", ""))),
                arguments("a service as number", signed(GOOD.replace("\"reports\"", "7"))),
                arguments("a service with a line feed", signed(GOOD.replace("reports", "a\\nb"))),
                arguments("service twice", signed(GOOD.replace("{", "{\"service\":\"admin\","))),
                arguments("a user as number", claims("\"sub\":7,\"exp\":" + (NOW + 600))),
                arguments(
                        "an unprintable user",
                        claims("\"sub\":\"a\\u0000\",\"exp\":" + (NOW + 600))),
                arguments("no end", claims("\"iat\":" + NOW)),
                arguments("an end as text", claims("\"exp\":\"" + (NOW + 600) + "\"")),
                arguments("an end as fraction", claims("\"exp\":" + (NOW + 600) + ".5")),
                arguments("an end beyond numbers", claims("\"exp\":99999999999999999999")),
                arguments("a negative end", claims("\"exp\":-1")),
                arguments("expired", claims("\"exp\":" + (NOW - 5))),
                arguments("too far ahead", claims("\"exp\":" + (NOW + 3_606))),
                arguments(
                        "living for more than an hour",
                        claims("\"iat\":" + (NOW - 600) + ",\"exp\":" + (NOW + 3_001))),
                arguments(
                        "made in the future",
                        claims("\"iat\":" + (NOW + 6) + ",\"exp\":" + (NOW + 600))),
                arguments("made at a text", claims("\"iat\":\"now\",\"exp\":" + (NOW + 600))),
                arguments(
                        "not valid yet",
                        claims("\"nbf\":" + (NOW + 6) + ",\"exp\":" + (NOW + 600))),
                arguments("claims that are a list", signed("[]")),
                arguments("something behind the claims", signed(GOOD + " {}")),
                arguments(
                        "too large",
                        claims("\"x\":\"" + "x".repeat(8_000) + "\",\"exp\":" + (NOW + 600))));
    }

    private static String claims(String more) {
        return signed("{\"service\":\"reports\"," + more + "}");
    }

    private static String headed(String header) {
        return signed(header, GOOD, "HmacSHA256", KEY);
    }

    private static String unsignedBy(String header) {
        return encoded(header) + "." + encoded(GOOD) + ".";
    }

    @ParameterizedTest
    @ValueSource(strings = {"jwt ", "JWT ", "Jwt ", "Bearer ", "bearer "})
    void takesBothSchemesInEitherCase(String scheme) {
        // when
        var caller = tokens().caller(authorization(scheme + signed(GOOD)));

        // then
        assertThat(caller.service()).isEqualTo("reports");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Basic ", "jwt", "jwt\t", "Token "})
    void takesNoOtherScheme(String scheme) {
        // given
        var headers = authorization(scheme + signed(GOOD));

        // when / then
        assertThatThrownBy(() -> tokens().caller(headers)).isInstanceOf(Problem.class);
    }

    @Test
    void takesNoTwoHeadersAndNone() {
        // given
        var twice = authorization("jwt " + signed(GOOD), "jwt " + signed(GOOD));

        // when / then
        assertThatThrownBy(() -> tokens().caller(twice)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> tokens().caller(new HttpHeaders())).isInstanceOf(Problem.class);
    }

    @Test
    void takesTheOldKeyWhileCallersChangeOver() {
        // given
        var headers = authorization("jwt " + signed(HS256, GOOD, "HmacSHA256", OTHER_KEY));

        // when
        var caller = tokens(OTHER_KEY, Set.of(), "").caller(headers);

        // then
        assertThat(caller.service()).isEqualTo("reports");
    }

    @Test
    void letsInOnlyTheServicesItIsTold() {
        // given
        var headers = authorization("jwt " + signed(GOOD));

        // when / then
        assertThat(tokens("", Set.of("reports"), "").caller(headers).service())
                .isEqualTo("reports");
        assertThatThrownBy(() -> tokens("", Set.of("billing"), "").caller(headers))
                .isInstanceOf(Problem.class);
    }

    @Test
    void takesOnlyTokensForItsAudienceWhereItHasOne() {
        // given
        var tokens = tokens("", Set.of(), "gateway");
        var ours =
                authorization("jwt " + claims("\"aud\":[\"x\",\"gateway\"],\"exp\":" + (NOW + 9)));
        var theirs = authorization("jwt " + claims("\"aud\":\"door\",\"exp\":" + (NOW + 9)));

        // when / then
        assertThat(tokens.caller(ours).service()).isEqualTo("reports");
        assertThatThrownBy(() -> tokens.caller(theirs)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> tokens.caller(authorization("jwt " + signed(GOOD))))
                .isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "7",
                "null",
                "[]",
                "\"short\"",
                "\"RBNvo1WzZ4oRRq0W9-hknpT7T8If536DEMBg9hyq_4o=\"",
                "\"RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o\""
            })
    void takesNoHashThatIsNone(String hash) {
        // given
        var headers = authorization("jwt " + claims("\"bsh\":" + hash + ",\"exp\":" + (NOW + 9)));

        // when / then
        assertThatThrownBy(() -> tokens().caller(headers)).isInstanceOf(Problem.class);
    }

    @Test
    void takesNoTokenForAnyBodyWhereThatIsNotWanted() {
        // given
        var clock = Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC);
        var strict =
                new ServiceTokens(
                        new TokenSettings(KEY, "", Set.of(), "", BodyHash.REQUIRED), clock);
        var hash = "x".repeat(43);
        var bound = authorization("jwt " + claims("\"bsh\":\"" + hash + "\",\"exp\":" + (NOW + 9)));

        // when / then
        assertThat(strict.caller(bound)).isEqualTo(new Caller("reports", null, hash));
        assertThatThrownBy(() -> strict.caller(authorization("jwt " + signed(GOOD))))
                .isInstanceOf(Problem.class);
    }

    @Test
    void namesTheUserOnWhoseBehalfTheServiceCalls() {
        // given
        var headers = authorization("jwt " + claims("\"sub\":\"asha\",\"exp\":" + (NOW + 600)));

        // when
        var caller = tokens().caller(headers);

        // then
        assertThat(caller).isEqualTo(new Caller("reports", "asha"));
    }
}
