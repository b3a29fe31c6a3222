package dev.orrery.ingest.security;

import static dev.orrery.ingest.testing.Tokens.AUDIENCE;
import static dev.orrery.ingest.testing.Tokens.SECRET;
import static dev.orrery.ingest.testing.Tokens.encoded;
import static dev.orrery.ingest.testing.Tokens.inSeconds;
import static dev.orrery.ingest.testing.Tokens.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.RawHttp;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.Tokens;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {

    private static final String HS256 = "{\"alg\":\"HS256\"}";
    private static final String OTHER_SECRET = SECRET.replace('q', 'p');

    private final RunningDoor door;

    TokensTest(RunningDoor door) {
        this.door = door;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void refusesATokenAndDoesNotSayWhy(String what, String token) {
        // given
        var before = door.fingerprint();

        // when
        var answer = get("/v1/sessions", "Authorization: Bearer " + token + "\r\n");

        // then
        answer.assertProblem(ProblemCode.UNAUTHORISED);
        assertThat(answer.text("detail")).isEqualTo("the token is missing or not valid");
        assertThat(answer.headers().getFirst("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(door.fingerprint()).isEqualTo(before);
    }

    static Stream<Arguments> badTokens() {
        var good = signed(claims("\"exp\":" + inSeconds(600)));
        var parts = good.split("\\.");
        return Stream.of(
                arguments("no token at all", "nonsense"),
                arguments("two parts", parts[0] + "." + parts[1]),
                arguments("four parts", good + ".x"),
                arguments("without signature", parts[0] + "." + parts[1] + "."),
                arguments("with padding", good + "="),
                arguments("with something behind it", good + "AAAA"),
                arguments("not canonical", parts[0] + "." + parts[1] + "." + bent(parts[2])),
                arguments(
                        "other claims",
                        parts[0] + "." + encoded(claims("\"exp\":9")) + "." + parts[2]),
                arguments("another key", signed(HS256, claims(), "HmacSHA256", OTHER_SECRET)),
                arguments("alg none", unsigned("none")),
                arguments("alg nOnE", unsigned("nOnE")),
                arguments(
                        "alg none, with a signature",
                        signed("{\"alg\":\"none\"}", claims(), "HmacSHA256", SECRET)),
                arguments(
                        "another algorithm",
                        signed("{\"alg\":\"HS512\"}", claims(), "HmacSHA512", SECRET)),
                arguments(
                        "a confused algorithm",
                        signed("{\"alg\":\"RS256\"}", claims(), "HmacSHA256", SECRET)),
                arguments("no algorithm", signed("{}", claims(), "HmacSHA256", SECRET)),
                arguments(
                        "the key inside",
                        signed(withKeyInside(), claims(), "HmacSHA256", OTHER_SECRET)),
                arguments(
                        "a critical extension",
                        signed(
                                "{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}",
                                claims(),
                                "HmacSHA256",
                                SECRET)),
                arguments(
                        "an algorithm twice",
                        signed(
                                "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                                claims(),
                                "HmacSHA256",
                                SECRET)),
                arguments("expired", signed(claims("\"exp\":" + inSeconds(-61)))),
                arguments("without an end", signed(claims("\"iat\":1"))),
                arguments("an end as text", signed(claims("\"exp\":\"" + inSeconds(600) + "\""))),
                arguments("an end as fraction", signed(claims("\"exp\":" + inSeconds(600) + ".5"))),
                arguments("an end beyond numbers", signed(claims("\"exp\":99999999999999999999"))),
                arguments(
                        "an end twice",
                        signed(claims("\"exp\":" + inSeconds(600) + ",\"exp\":" + inSeconds(600)))),
                arguments("living too long", signed(claims("\"exp\":" + inSeconds(3_600 + 120)))),
                arguments(
                        "not valid yet",
                        signed(claims("\"exp\":" + inSeconds(600) + ",\"nbf\":" + inSeconds(90)))),
                arguments(
                        "a beginning as text",
                        signed(claims("\"exp\":" + inSeconds(600) + ",\"nbf\":\"soon\""))),
                arguments("nobody's", signed(withSubject(""))),
                arguments("a blank user", signed(withSubject("\"sub\":\" \","))),
                arguments("a number for a user", signed(withSubject("\"sub\":7,"))),
                arguments("an unstorable user", signed(withSubject("\"sub\":\"a\\u0000\","))),
                arguments(
                        "a user whom no address can name",
                        signed(withSubject("\"sub\":\"https://issuer.example/asha\","))),
                arguments("half a user", signed(withSubject("\"sub\":\"a\\ud83d\","))),
                arguments(
                        "a user too long",
                        signed(withSubject("\"sub\":\"" + "u".repeat(256) + "\","))),
                arguments(
                        "for nobody",
                        signed(claims().replace("\"aud\":\"" + AUDIENCE + "\",", ""))),
                arguments("for somebody else", signed(claims().replace(AUDIENCE, "gateway"))),
                arguments("for numbers", signed(claims().replace("\"" + AUDIENCE + "\"", "[1,2]"))),
                arguments("a scope of numbers", signed(claims().replace("\"chat\"", "[1]"))),
                arguments(
                        "a scope as object", signed(claims().replace("\"chat\"", "{\"chat\":1}"))),
                arguments(
                        "too large",
                        signed(
                                claims(
                                        "\"x\":\""
                                                + "x".repeat(7_000)
                                                + "\",\"exp\":"
                                                + inSeconds(9)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: \r\n",
                "Authorization: Bearer\r\n",
                "Authorization: Basic dTpw\r\n"
            })
    void asksForAToken(String header) {
        // when
        var answer = get("/v1/me", header);

        // then
        answer.assertProblem(ProblemCode.UNAUTHORISED);
    }

    @Test
    void doesNotTakeATokenFromTheAddress() {
        // when
        var answer = get("/v1/me?access_token=" + Tokens.of("asha", "chat"), "");

        // then
        answer.assertProblem(ProblemCode.UNAUTHORISED);
    }

    @Test
    void refusesTwoTokensSinceTheyMayNameTwoUsers() {
        // given
        var header = "Authorization: Bearer " + Tokens.of("asha", "chat") + "\r\n";

        // when
        var answer = get("/v1/sessions", header + header);

        // then
        answer.assertProblem(ProblemCode.UNAUTHORISED);
    }

    @ParameterizedTest
    @MethodSource("goodTokens")
    void acceptsAToken(String token) {
        // when
        var answer = get("/v1/sessions", "authorization: bearer " + token + "\r\n");

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    static Stream<String> goodTokens() {
        var exp = "\"exp\":" + inSeconds(600);
        return Stream.of(
                signed(claims(exp)),
                signed(claims("\"exp\":" + inSeconds(-30))), // clocks may be apart
                signed(claims(exp + ",\"nbf\":" + inSeconds(30))),
                signed(claims("\"exp\":" + inSeconds(3_600))),
                signed(claims(exp).replace("\"chat\"", "[\"chat\",\"admin\"]")),
                signed(claims(exp).replace("\"chat\"", "\"profile chat\"")),
                signed(claims(exp).replace("\"" + AUDIENCE + "\"", "[\"x\",\"" + AUDIENCE + "\"]")),
                signed(
                        "{\"alg\":\"HS256\",\"kid\":\"../../etc/passwd\"}",
                        claims(exp),
                        "HmacSHA256",
                        SECRET));
    }

    @Test
    void opensOnlyTheDoorsOfItsScopes() {
        // when
        var adminAsUser = get("/v1/sessions", bearer("admin"));
        var userAsAdmin = get("/admin/v1/nonsense", bearer("chat"));
        var neither = get("/v1/sessions", bearer("chatty"));

        // then
        adminAsUser.assertProblem(ProblemCode.FORBIDDEN);
        userAsAdmin.assertProblem(ProblemCode.FORBIDDEN);
        neither.assertProblem(ProblemCode.FORBIDDEN);
    }

    @Test
    void showsNothingOfItsInsideToStrangers() {
        // when
        var health = get("/actuator/health", "");
        var beans = get("/actuator/env", "");

        // then
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().size()).as(health.body()).isLessThanOrEqualTo(2);
        assertThat(health.body()).doesNotContain("components", "details");
        beans.assertProblem(ProblemCode.UNAUTHORISED);
    }

    private Answer get(String path, String headers) {
        return RawHttp.exchange(door, "GET " + path + " HTTP/1.1\r\n" + headers, "");
    }

    private static String bearer(String scope) {
        return "Authorization: Bearer " + Tokens.of("asha", scope) + "\r\n";
    }

    private static String claims() {
        return claims("\"exp\":" + inSeconds(600));
    }

    private static String claims(String others) {
        return "{\"sub\":\"asha\",\"scope\":\"chat\",\"aud\":\"" + AUDIENCE + "\"," + others + "}";
    }

    private static String withSubject(String subject) {
        return claims().replace("\"sub\":\"asha\",", subject);
    }

    private static String unsigned(String algorithm) {
        return encoded("{\"alg\":\"" + algorithm + "\"}") + "." + encoded(claims()) + ".";
    }

    private static String withKeyInside() {
        var key = encoded(OTHER_SECRET);
        return "{\"alg\":\"HS256\",\"jwk\":{\"kty\":\"oct\",\"k\":\"" + key + "\"}}";
    }

    /** The same bytes in another spelling: the last character carries bits that nobody reads. */
    private static String bent(String part) {
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        int last = alphabet.indexOf(part.charAt(part.length() - 1));
        return part.substring(0, part.length() - 1) + alphabet.charAt(last ^ 1);
    }
}
