package dev.orrery.enrichment.factsapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.pipeline.digest.Sha256;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Facts are told to those alone who may know them. */
class FactsApiTokensTest extends FactsApiBench {

    @Test
    void tellsNothingToWhomItDoesNotKnow() throws Exception {
        // given
        long before = server.calls("invalid_token");

        // when
        var stranger = server.ask("POST", "birth_chart", ASHA);

        // then
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(json(stranger).path("code").asString()).isEqualTo("invalid_token");
        assertThat(stranger.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(authorized(ASHA, FactsServer.tokenOfAnotherKey()).statusCode()).isEqualTo(401);
        assertThat(
                        authorized(ASHA, FactsServer.token("\"bsh\":\"" + hash("other") + "\","))
                                .statusCode())
                .isEqualTo(401);
        await().untilAsserted(
                        () -> // counted when it was sent, which may be after it came
                        assertThat(server.calls("invalid_token")).isEqualTo(before + 3));
    }

    @Test
    void takesATokenThatIsForThisBodyOrThisUser() throws Exception {
        // given
        var forThisBody = FactsServer.token("\"bsh\":\"" + hash(ASHA) + "\",");

        // when
        var answer = authorized(ASHA, forThisBody);

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(authorized(ASHA, FactsServer.token("\"sub\":\"asha\",")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void tellsATokenOfOneUserNothingOfAnother() throws Exception {
        // given
        var ravis = FactsServer.token("\"sub\":\"ravi\",");

        // when
        var answer = authorized(ASHA, ravis);

        // then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(json(answer).path("code").asString()).isEqualTo("not_this_user");
    }

    @Test
    void isNotThereWithoutAKey() {
        // given
        var app = new ApplicationContextRunner().withUserConfiguration(FactsApiConfiguration.class);

        // when
        var keyless = app.withPropertyValues("orrery.facts-api.tokens.key=");

        // then
        keyless.run(context -> assertThat(context).doesNotHaveBean(FactsApiWatch.class));
    }

    private static HttpResponse<String> authorized(String body, String token) throws Exception {
        return server.ask("POST", "birth_chart", body, "Authorization", "Bearer " + token);
    }

    private static String hash(String body) {
        return Sha256.of(body.getBytes(StandardCharsets.UTF_8));
    }
}
