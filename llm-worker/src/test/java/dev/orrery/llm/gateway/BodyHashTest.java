package dev.orrery.llm.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.gateway.RunningGateway.Answer;
import dev.orrery.llm.scripted.Script;
import dev.orrery.pipeline.digest.Sha256;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A token may be for one body, claim {@code bsh}: whoever steals it can repeat, and not ask. */
class BodyHashTest {

    private RunningGateway gateway = new RunningGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    private Answer post(String token, BodyPublisher body) {
        return gateway.send(
                gateway.request("/v1/generate/")
                        .setHeader("Authorization", "jwt " + token)
                        .POST(body)
                        .build());
    }

    private static String tokenFor(String body) {
        return Tokens.signed(
                """
                {"service":"reports","bsh":"%s","exp":%d}\
                """
                        .formatted(Sha256.of(body), Tokens.inSeconds(60)));
    }

    @Test
    void takesTheBodyThatTheTokenWasMadeFor() {
        // given
        gateway.model("openai", Script.answer("Yes."));

        // when
        var answer = post(tokenFor(Asks.SIMPLE), BodyPublishers.ofString(Asks.SIMPLE));

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void takesItInPiecesOfAnySize() {
        // given
        gateway.model("openai", Script.answer("Yes."));
        var large = Asks.SIMPLE.replace("Be brief", "é".repeat(100_000));
        var bytes = large.getBytes(StandardCharsets.UTF_8);

        // when
        var answer =
                post(
                        tokenFor(large),
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void takesNoOtherBody() {
        // given
        var model = gateway.model("openai", Script.answer("Yes."));
        var other = Asks.SIMPLE.replace("brief", "frank");

        // when
        var answer = post(tokenFor(Asks.SIMPLE), BodyPublishers.ofString(other));
        var empty = post(tokenFor(Asks.SIMPLE), BodyPublishers.noBody());

        // then
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("invalid_token");
        assertThat(answer.detail()).isEqualTo("the service token is missing or not valid");
        assertThat(empty.status()).isEqualTo(401);
        assertThat(model.prompts()).isEmpty();
    }

    @Test
    void takesNoTokenForAnyBodyWhereThatIsNotWanted() {
        // given
        gateway.close();
        gateway = new RunningGateway("tokens.body-hash=required");
        gateway.model("openai", Script.answer("Yes."));

        // when
        var bound = post(tokenFor(Asks.SIMPLE), BodyPublishers.ofString(Asks.SIMPLE));
        var unbound = gateway.post(Asks.SIMPLE);

        // then
        assertThat(bound.status()).as(bound.body()).isEqualTo(200);
        assertThat(unbound.status()).isEqualTo(401);
    }
}
