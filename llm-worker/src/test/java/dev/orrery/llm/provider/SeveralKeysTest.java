package dev.orrery.llm.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.llm.ManualTime;
import dev.orrery.llm.http.HttpSettings;
import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.ModelFailure;
import dev.orrery.llm.testing.Heard;
import dev.orrery.llm.testing.PlayedAnswer;
import dev.orrery.llm.testing.PlayedProvider;
import dev.orrery.llm.testing.Prompts;
import dev.orrery.llm.testing.ServerSent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider that is configured with several keys, over real HTTP. */
class SeveralKeysTest {

    private static final PlayedAnswer ANSWER =
            PlayedAnswer.events(
                    ServerSent.data("{\"choices\":[{\"delta\":{\"content\":\"Hi\"}}]}"),
                    ServerSent.data("{\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}"),
                    ServerSent.data("[DONE]"));

    private final ManualTime time = new ManualTime();
    private final PlayedProvider provider = new PlayedProvider();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Providers providers =
            Providers.open(
                    Map.of(
                            "some", block("openai", "key-1, key-2,key-1,\nkey-3 ,"),
                            "claude", block("anthropic", "key-1,key-2"),
                            "google", block("gemini", "key-1,key-2"),
                            "team", block("ai-sdk", "key-1,key-2"),
                            "amazon", Blocks.bedrock("key-1,key-2", provider.url())),
                    HttpSettings.defaults(),
                    time.clock(),
                    time.ticker(),
                    meters);
    private final ChatModel model = providers.of("some").orElseThrow();

    @AfterEach
    void stop() {
        providers.close();
        provider.close();
    }

    @Test
    void letsThemTakeTurns() {
        // given
        provider.playing(ANSWER);

        // when
        for (int i = 0; i < 4; i++) {
            ask();
        }

        // then
        assertThat(keys()).containsExactly("key-1", "key-2", "key-3", "key-1");
    }

    @Test
    void tellsHowManyOfThemRest() {
        // given
        provider.playing(PlayedAnswer.json(429, "{}"), PlayedAnswer.json(401, "{}"), ANSWER);

        // when
        ask();

        // then
        assertThat(resting("some")).isEqualTo(2);
        assertThat(resting("claude")).isZero();
        time.advance(KeyPool.SHORTEST_REST);
        assertThat(resting("some")).isEqualTo(1);
    }

    private double resting(String code) {
        return meters.get("orrery.llm.keys.resting").tag("provider", code).gauge().value();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 402, 403, 429})
    void asksTheSameThingByTheNextKeyWhenOneIsRefused(int status) {
        // given
        provider.playing(PlayedAnswer.json(status, "{}"), ANSWER);

        // when
        var heard = ask();

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("Hi");
        assertThat(keys()).containsExactly("key-1", "key-2");
    }

    @Test
    void leavesAKeyAloneAsLongAsTheProviderAsks() {
        // given
        provider.playing(limited("7"), ANSWER);
        ask();
        ask();

        // when
        ask();
        time.advance(Duration.ofSeconds(7));
        ask();
        ask();

        // then
        assertThat(keys()).containsExactly("key-1", "key-2", "key-3", "key-2", "key-3", "key-1");
    }

    @Test
    void failsWithTheShortestWaitWhenAllAreLimitedAndAsksNobodyMeanwhile() {
        // given
        provider.playing(limited("9"), limited("4"), limited("6"));

        // when
        var first = ask();
        time.advance(Duration.ofSeconds(1));
        var second = ask();

        // then
        assertWaits(first, Duration.ofSeconds(4));
        assertWaits(second, Duration.ofSeconds(3));
        assertThat(keys()).containsExactly("key-1", "key-2", "key-3");
    }

    private static void assertWaits(Heard heard, Duration wait) {
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.RateLimited.class,
                        it -> assertThat(it.retryAfter()).isEqualTo(wait))
                .message()
                .doesNotContain("key-");
    }

    @Test
    void saysThatTheyAreRefusedWhenAllAre() {
        // given
        provider.playing(PlayedAnswer.json(401, "{}"));

        // when
        var heard = ask();

        // then
        assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.Unauthorised.class);
        assertThat(keys()).containsExactly("key-1", "key-2", "key-3");
    }

    @ParameterizedTest
    @CsvSource({"404, unauthorised", "400, rejected_input", "500, server_error"})
    void asksNobodyElseWhereTheKeyIsNotToBlame(int status, String code) {
        // given
        provider.playing(PlayedAnswer.json(status, "{}"));

        // when
        var heard = ask();

        // then
        assertThat(heard.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.class, it -> assertThat(it.code()).isEqualTo(code));
        assertThat(provider.asked()).hasSize(1);
    }

    @Test
    void startsNothingOverThatHasBegun() {
        // given
        provider.playing(
                PlayedAnswer.events(
                        ServerSent.data("{\"choices\":[{\"delta\":{\"content\":\"Once \"}}]}"),
                        ServerSent.data("{\"error\":{\"code\":429}}")),
                ANSWER);

        // when
        var heard = ask();
        ask();
        ask();
        ask();

        // then: whether it is started over is the chain's decision, but the key rests
        assertThat(heard.text()).isEqualTo("Once ");
        assertThat(heard.failure()).isExactlyInstanceOf(ModelFailure.RateLimited.class);
        assertThat(keys()).containsExactly("key-1", "key-2", "key-3", "key-2");
    }

    @ParameterizedTest
    @CsvSource({
        "claude, x-api-key, key-1, key-2",
        "google, x-goog-api-key, key-1, key-2",
        "team, authorization, Bearer key-1, Bearer key-2",
        "amazon, authorization, Bearer key-1, Bearer key-2"
    })
    void areSharedByEveryProtocol(String code, String header, String first, String second) {
        // given
        provider.playing(PlayedAnswer.json(429, "{}"), PlayedAnswer.json(500, "{}"));

        // when
        Heard.of(providers.of(code).orElseThrow().stream(Prompts.plain("model-1")));

        // then
        assertThat(provider.asked())
                .extracting(it -> it.headers().get(header))
                .containsExactly(first, second);
    }

    @Test
    void areSharedByThoseWhoJudgeTexts() {
        // given
        var judgement = PlayedAnswer.json(200, "{\"results\":[{\"categories\":{\"hate\":true}}]}");
        provider.playing(limited("7"), judgement, judgement, ANSWER);
        var moderator = providers.moderator("some").orElseThrow();

        // when
        var found = moderator.judge("model-1", "Hello", Prompts.CONNECT).block(Prompts.CONNECT);
        moderator.judge("model-1", "Hello", Prompts.CONNECT).block(Prompts.CONNECT);
        ask();

        // then
        assertThat(found).containsExactly("hate");
        assertThat(keys()).containsExactly("key-1", "key-2", "key-3", "key-2");
        assertThat(providers.moderator("claude")).isEmpty();
        assertThat(providers.moderator("nobody")).isEmpty();
    }

    @Test
    void saySoWhenNoneOfThemMayJudge() {
        // given
        provider.playing(limited("7"));
        var moderator = providers.moderator("some").orElseThrow();

        // when
        var judging = moderator.judge("model-1", "Hello", Prompts.CONNECT);

        // then
        assertThatThrownBy(() -> judging.block(Prompts.CONNECT))
                .isInstanceOf(ModelFailure.RateLimited.class);
        assertThat(keys()).containsExactly("key-1", "key-2", "key-3");
    }

    private ProviderSettings block(String protocol, String keys) {
        return Blocks.of(protocol, provider.url(), keys);
    }

    private static PlayedAnswer limited(String seconds) {
        return PlayedAnswer.json(429, "{}").with("retry-after", seconds);
    }

    private Heard ask() {
        return Heard.of(model.stream(Prompts.plain("model-1")));
    }

    private List<String> keys() {
        return provider.asked().stream()
                .map(it -> String.valueOf(it.headers().get("authorization")))
                .map(it -> it.substring("Bearer ".length()))
                .toList();
    }
}
