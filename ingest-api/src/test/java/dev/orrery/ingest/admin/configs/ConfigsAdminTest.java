package dev.orrery.ingest.admin.configs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

/** How configurations and revisions are kept. */
@ExtendWith(SharedDoor.class)
class ConfigsAdminTest {

    private final RunningDoor door;
    private final User admin;
    private final OperatedBot bot;

    ConfigsAdminTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
        this.bot = OperatedBot.madeBy(admin);
    }

    @Test
    void makesAConfigurationThatIsNotInForce() {
        // when
        var answer = bot.create("");

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.text("bot")).isEqualTo(bot.slug());
        assertThat(answer.text("name")).isEqualTo("default");
        assertThat(answer.json().path("active").asBoolean(true)).isFalse();
        var revision = answer.json().path("revision");
        assertThat(revision.path("number").asInt()).isEqualTo(1);
        assertThat(revision.path("temperature").asDouble()).isEqualTo(0.7);
        assertThat(revision.path("top_p").asDouble()).isEqualTo(0.95);
        assertThat(revision.has("top_k")).isFalse();
        assertThat(revision.path("max_output_tokens").asInt()).isEqualTo(1024);
        assertThat(revision.path("prompt_kind").asString()).isEqualTo("template");
        assertThat(revision.path("author").asString()).isEqualTo(admin.name());
        assertThat(revision.path("content_hash").asString()).matches("[0-9a-f]{64}");
        assertThat(bot.active()).isEmpty();
    }

    @Test
    void keepsEveryFieldOfARevisionAsItWasSaid() {
        // given
        var said =
                """
                {"provider": "bedrock", "model": "deepseek.v3-v1:0", "temperature": 1.5, "top_p": 0.5, "top_k": 40,
                 "max_output_tokens": 2000, "prompt_token_limit": 9000, "retry": 2, "history_turns": 5,
                 "prompt_kind": "structured", "prompt": "Role: You are {{bot_name}}.\\n",
                 "metadata": {
                   "region_name": "ap-south-1", "multi_region": true, "allowed_regions": ["ap-south-1", "us-east-1"],
                   "fallbacks": [{"provider": "gemini", "model": "gemini-2.0-flash", "retry": 1}],
                   "timeouts": {"connect_ms": 100, "first_token_ms": 200, "stall_ms": 300, "total_ms": 400},
                   "hedge": true, "tools_required": false, "history_tokens": 4000, "fence_user_values": true,
                   "custom": {"mood": "calm"}, "required_variables": ["user_name"],
                   "refusals": {"content_filtered": "final", "context_too_long": "next_attempt"},
                   "safety": {"input": {"rules": true, "phrases": {"violence": ["build a bomb"]},
                                        "model": "openai/omni-moderation-latest", "when_unavailable": "refuse"},
                              "output": {"rules": true},
                              "crisis": {"help_text": {"en": "Please talk to somebody.", "hi": "कृपया किसी से बात करें।"},
                                         "contacts": {"IN": ["14416"], "default": ["findahelpline.com"]}}},
                   "experiment": "shorter", "api_endpoint": "https://models.example/v1",
                   "additional_config": {"anything": [1, {"goes": null}]},
                   "tools": [{"name": "get_weather", "description": "Today's.", "handler": "get_weather",
                              "timeout_ms": 2000,
                              "parameters": {"type": "object", "required": ["city"], "additionalProperties": false,
                                             "properties": {"city": {"type": "string", "minLength": 1},
                                                            "days": {"type": ["integer", "null"], "maximum": 7}}}}]}}
                """;

        // when
        var answer = admin.post(bot.configs(), said);

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        for (var field : JsonMapper.shared().readTree(said).properties()) {
            assertThat(answer.json().path("revision").path(field.getKey()))
                    .as(field.getKey())
                    .isEqualTo(field.getValue());
        }
    }

    @Test
    void addsARevisionThatTakesOverWhatItDoesNotMention() {
        // given
        var config =
                bot.create(", \"prompt\": \"One\", \"metadata\": {\"hedge\": true}").text("id");

        // when
        var second = bot.revise(config, "{\"prompt\": \"Two\", \"temperature\": null}");

        // then
        assertThat(second.status()).as(second.body()).isEqualTo(201);
        assertThat(second.json().path("number").asInt()).isEqualTo(2);
        assertThat(second.text("prompt")).isEqualTo("Two");
        assertThat(second.text("model")).isEqualTo("gpt-5");
        assertThat(second.json().has("temperature")).isFalse();
        assertThat(second.json().path("metadata").path("hedge").asBoolean()).isTrue();
        assertThat(admin.all("/admin/v1/llm-configs/" + config + "/revisions", 1))
                .extracting(revision -> revision.path("prompt").asString())
                .containsExactly("Two", "One");
    }

    @Test
    void addsNoRevisionThatSaysTheSame() {
        // given
        var config = bot.create(", \"prompt\": \"One\"").text("id");
        var second = bot.revise(config, "{\"prompt\": \"Two\"}");

        // when
        var again = bot.revise(config, "{\"prompt\": \"Two\", \"metadata\": {}}");
        var back = bot.revise(config, "{\"prompt\": \"One\"}");

        // then
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text("id")).isEqualTo(second.text("id"));
        assertThat(back.json().path("number").asInt()).isEqualTo(3);
    }

    @Test
    void numbersRevisionsWithoutAGapWhenManyAreAddedAtOnce() {
        // given
        var config = bot.create("").text("id");

        // when
        var answers =
                Flux.fromStream(IntStream.range(0, 20).boxed())
                        .flatMap(
                                n ->
                                        admin.later(
                                                HttpMethod.POST,
                                                "/admin/v1/llm-configs/" + config + "/revisions",
                                                "{\"prompt\": \"Prompt " + n + "\"}",
                                                Map.of()),
                                20)
                        .collectList()
                        .blockOptional()
                        .orElseThrow();

        // then
        assertThat(answers)
                .extracting(answer -> answer.json().path("number").asInt())
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(2, 21).boxed().toList());
    }

    @Test
    void listsTheActiveOneFirstThenTheOlderOneFirst() {
        // given
        var configs = IntStream.range(0, 5).mapToObj(i -> bot.create("").text("id")).toList();
        admin.activate(configs.get(3), "");

        // when
        var listed = admin.all(bot.configs(), 2);

        // then
        assertThat(listed)
                .extracting(config -> config.path("id").asString())
                .containsExactly(
                        configs.get(3),
                        configs.get(0),
                        configs.get(1),
                        configs.get(2),
                        configs.get(4));
    }

    @Test
    void refusesToTakeOverAProviderThatWasDisabledMeanwhile() {
        // given
        door.execute(
                "insert into chat.providers (code, label, protocol) values ('brief', 'Brief', 'openai') on conflict do nothing");
        var config =
                admin.post(bot.configs(), "{\"provider\": \"brief\", \"model\": \"m\"}").text("id");
        door.execute("update chat.providers set enabled = false where code = 'brief'");

        // when
        var answer = bot.revise(config, "{\"prompt\": \"Two\"}");

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
        door.execute("update chat.providers set enabled = true where code = 'brief'");
        assertThat(bot.revise(config, "{\"prompt\": \"Two\"}").status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000-0000-4000-8000-000000000000/activate",
                "00000000-0000-4000-8000-000000000000/revisions",
                "1/revisions"
            })
    void knowsNoConfigurationThatIsNone(String path) {
        admin.post("/admin/v1/llm-configs/" + path, "{}").assertProblem(CommonProblem.NOT_FOUND);
    }

    @Test
    void belongsToNobodyWhenItsBotWasDeleted() {
        // given
        var config = bot.create("").text("id");
        admin.delete("/admin/v1/bots/" + bot.slug());

        // when
        var activated = admin.activate(config, "");
        var revised = bot.revise(config, "{\"prompt\": \"Two\"}");

        // then
        activated.assertProblem(CommonProblem.NOT_FOUND);
        revised.assertProblem(CommonProblem.NOT_FOUND);
        admin.get(bot.configs()).assertProblem(CommonProblem.NOT_FOUND);
        bot.create("").assertProblem(CommonProblem.NOT_FOUND);
    }
}
