package dev.orrery.ingest.admin.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.pipeline.boot.GatewayProperties;
import dev.orrery.pipeline.http.Problem;
import dev.orrery.pipeline.prompt.Messages;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.RenderedPrompt;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

/** Against a gateway that is scripted. */
class AskedModelTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String KEY = "a-key-of-thirty-two-bytes-at-least!";
    private static final RenderedPrompt RENDERED =
            new RenderedPrompt("You are Nova.", List.of(Messages.user("Will it rain?")), "hash");

    private static GivenPrompt prompt(@Nullable String provider) {
        return new GivenPrompt(
                PromptKind.TEMPLATE, "x", PromptOptions.NONE, provider, "a-model", 20, 16_000, 300);
    }

    private static AskedModel asking(@Nullable String url) {
        return new AskedModel(settings(url, false), Clock.systemUTC());
    }

    private static GatewayProperties settings(@Nullable String url, boolean signBodies) {
        return new GatewayProperties(
                url, KEY, "dev-orrery", false, PATIENCE, signBodies, Duration.ofSeconds(60));
    }

    private static DisposableServer gateway(
            int status, String answer, AtomicReference<String> asked) {
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes ->
                        routes.post(
                                "/v1/generate/",
                                (request, response) ->
                                        response.status(status)
                                                .header("Content-Type", "application/json")
                                                .sendString(
                                                        request.receive()
                                                                .aggregate()
                                                                .asString()
                                                                .doOnNext(asked::set)
                                                                .map(body -> answer))))
                .bindNow();
    }

    private static String url(DisposableServer server) {
        return "http://127.0.0.1:" + server.port();
    }

    @Test
    void sendsWhatWasRenderedAndShowsTheAnswer() {
        // given
        var asked = new AtomicReference<>("");
        var gateway =
                gateway(
                        200,
                        """
                        {"request_id": "r", "provider": "openai", "model": "a-model", "finish_reason": "stop",
                         "choices": [{"message": {"role": "assistant", "content": "Yes."}}],
                         "usage": {"input_tokens": 7, "output_tokens": 2}}
                        """,
                        asked);
        var model = asking(url(gateway));

        // when
        var reply = model.ask(prompt("openai"), RENDERED).blockOptional(PATIENCE).orElseThrow();

        // then
        assertThat(reply)
                .isEqualTo(new AskedModel.Reply("Yes.", "openai", "a-model", 7L, 2L, null));
        var body = JsonMapper.shared().readTree(asked.get());
        assertThat(body.path("system_instruction").asString()).isEqualTo("You are Nova.");
        assertThat(body.path("messages").get(0).path("content").asString())
                .isEqualTo("Will it rain?");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(300);
        model.destroy();
        gateway.disposeNow();
    }

    @Test
    void saysWhyThereIsNoAnswer() {
        // given
        var gateway =
                gateway(502, "{\"code\": \"all_providers_failed\"}", new AtomicReference<>(""));
        var model = asking(url(gateway));

        // when
        var reply = model.ask(prompt("openai"), RENDERED).blockOptional(PATIENCE).orElseThrow();

        // then
        assertThat(reply.text()).isNull();
        assertThat(reply.failure()).contains("all_providers_failed");
        model.destroy();
        gateway.disposeNow();
    }

    @Test
    void hasOneTokenForAnHourUnlessBodiesAreToBeSigned() {
        // when
        var usual = settings("http://127.0.0.1:1", false).access("orrery-ingest").orElseThrow();
        var signing = settings("http://127.0.0.1:1", true).access("orrery-ingest").orElseThrow();

        // then
        assertThat(usual.signBodies()).isFalse();
        assertThat(usual.tokenLife()).isEqualTo(Duration.ofHours(1));
        assertThat(signing.signBodies()).isTrue();
        assertThat(signing.tokenLife()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void refusesToAskNobody() {
        // given
        var model = asking("http://127.0.0.1:1");

        // then
        assertThatThrownBy(() -> model.ask(prompt(null), RENDERED))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("provider and model");
        model.destroy();
    }

    @Test
    void refusesToAskWithoutAGateway() {
        for (var none : new @Nullable String[] {null, "", " "}) {
            assertThatThrownBy(() -> asking(none).ask(prompt("openai"), RENDERED))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("no gateway is configured");
        }
    }
}
