package dev.orrery.ingest.admin.configs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;

/** What is in force, and since when. */
@ExtendWith(SharedDoor.class)
class ActivationAdminTest {

    private static final int PARALLEL = 50;

    private final RunningDoor door;
    private final User admin;
    private final OperatedBot bot;

    ActivationAdminTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
        this.bot = OperatedBot.madeBy(admin);
    }

    @Test
    void activatesTheNewestRevisionWhenNoneIsNamed() {
        // given
        var config = bot.create("").text("id");
        bot.revise(config, "{\"prompt\": \"Two\"}");
        var before = bot.active();

        // when
        var answer = admin.activate(config, "");

        // then
        assertThat(before).isEmpty();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("active").asBoolean()).isTrue();
        assertThat(answer.json().path("revision").path("prompt").asString()).isEqualTo("Two");
        assertThat(bot.active()).containsExactly(config + " 2");
    }

    @Test
    void rollsBackByNumberAndById() {
        // given
        var first = bot.create(", \"prompt\": \"One\"");
        var config = first.text("id");
        bot.revise(config, "{\"prompt\": \"Two\"}");
        admin.activate(config, "{}");

        // when
        var byNumber = admin.activate(config, "{\"revision\": 1}");
        var forwards = admin.activate(config, "{\"revision\": 2}");
        var byId =
                admin.activate(
                        config,
                        "{\"revision\": \""
                                + first.json().path("revision").path("id").asString()
                                + "\"}");

        // then
        assertThat(List.of(byNumber, forwards, byId))
                .extracting(answer -> answer.json().path("current_revision").asInt())
                .containsExactly(1, 2, 1);
        assertThat(bot.active()).containsExactly(config + " 1");
    }

    @Test
    void switchesTheVeryNextMessageAndNoneInTheMiddle() {
        // given
        var user = door.guest();
        var first = admin.configure(bot.slug());
        var second = bot.create("").text("id");
        var session = user.begin(bot.slug());

        // when
        var before = user.say(session, "One").text("id");
        admin.activate(second, "");
        try (var pipeline = new FakePipeline(door)) {
            pipeline.answer(before, "Uno");
        }
        var after = user.say(session, "Two").text("id");

        // then
        assertThat(configOf(before)).isEqualTo(first);
        assertThat(configOf(after)).isEqualTo(second);
    }

    private String configOf(String message) {
        return door.query(
                """
                select r.config_id from chat.turns t join chat.config_revisions r on r.revision_id = t.revision_id
                 where t.turn_id = '%s'
                """
                        .formatted(message));
    }

    @Test
    void leavesExactlyOneInForceWhenFiftySwitchAtOnce() {
        // given
        var configs = IntStream.range(0, 5).mapToObj(i -> bot.create("").text("id")).toList();

        // when
        var answers =
                Flux.fromStream(IntStream.range(0, PARALLEL).boxed())
                        .flatMap(
                                n ->
                                        admin.later(
                                                HttpMethod.POST,
                                                "/admin/v1/llm-configs/"
                                                        + configs.get(n % configs.size())
                                                        + "/activate",
                                                null,
                                                Map.of()),
                                PARALLEL)
                        .collectList()
                        .blockOptional()
                        .orElseThrow();

        // then
        assertThat(answers).hasSize(PARALLEL).allMatch(answer -> answer.status() == 200);
        var last =
                door.query(
                        """
                        select (after ->> 'config_id') || ' 1' from chat.admin_changes
                         where subject = 'bot/%s' and action = 'activate_revision'
                         order by change_id desc limit 1
                        """
                                .formatted(bot.slug()));
        assertThat(bot.active()).containsExactly(last);
    }

    @Test
    void savesAPromptWithErrorsButDoesNotPutItInForce() {
        // given
        var config = bot.create(", \"prompt\": \"Fine\"").text("id");
        admin.activate(config, "");

        // when
        var saved = bot.revise(config, "{\"prompt\": \"Broken {{user_nme}}\"}");
        var refused = admin.activate(config, "");

        // then
        assertThat(saved.status()).isEqualTo(201);
        assertThat(saved.json().path("findings").path(0).path("severity").asString())
                .isEqualTo("error");
        refused.assertProblem(ProblemCode.PROMPT_REJECTED);
        assertThat(refused.json().path("findings").path(0).path("code").asString())
                .isEqualTo("unknown_variable");
        assertThat(refused.json().path("findings").path(0).path("column").asInt()).isEqualTo(8);
        assertThat(bot.active()).containsExactly(config + " 1");
    }

    @Test
    void putsAPromptWithWarningsInForceAndShowsThem() {
        // given
        var config = bot.create(", \"prompt\": \"Odd }}\"").text("id");

        // when
        var answer = admin.activate(config, "");

        // then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("findings").path(0).path("severity").asString())
                .isEqualTo("warning");
        assertThat(bot.active()).containsExactly(config + " 1");
    }

    @Test
    void keepsTheBotFromTakingAwayWhatAPromptInForceSpeaksOf() {
        // given
        var path = "/admin/v1/bots/" + bot.slug();
        admin.patch(
                path, "{\"metadata\": {\"custom\": {\"shop\": \"Moon\", \"street\": \"Main\"}}}");
        var config = bot.create(", \"prompt\": \"At {{custom.shop}}.\"").text("id");
        admin.activate(config, "");

        // when
        var refused = admin.patch(path, "{\"metadata\": {\"custom\": {\"street\": \"Main\"}}}");
        var allowed = admin.patch(path, "{\"metadata\": {\"custom\": {\"shop\": \"Sun\"}}}");
        bot.revise(config, "{\"prompt\": \"At home.\"}");
        admin.activate(config, "");
        var later = admin.patch(path, "{\"metadata\": {\"custom\": null}}");

        // then
        refused.assertProblem(ProblemCode.PROMPT_REJECTED);
        assertThat(refused.text("detail")).contains("revision 1 of configuration " + config);
        assertThat(refused.json().path("findings").path(0).path("code").asString())
                .isEqualTo("unknown_variable");
        assertThat(allowed.status()).as(allowed.body()).isEqualTo(200);
        assertThat(allowed.json().path("metadata").path("custom").toString())
                .isEqualTo("{\"shop\":\"Sun\"}");
        assertThat(later.status()).as(later.body()).isEqualTo(200);
    }

    @Test
    void allowsAChangeOfTheBotThatBreaksNothingMore() {
        // given
        var path = "/admin/v1/bots/" + bot.slug();
        admin.patch(path, "{\"metadata\": {\"custom\": {\"shop\": \"Moon\"}}}");
        bot.create(", \"prompt\": \"At {{custom.shop}}.\"");

        // when
        var answer = admin.patch(path, "{\"metadata\": {\"custom\": null}}");

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void skipsNoConfigurationWhenAnotherOneIsActivatedBetweenTwoPages() {
        // given
        var ids = IntStream.range(0, 4).mapToObj(i -> bot.create("").text("id")).toList();
        admin.activate(ids.get(2), "");
        var first = admin.get(bot.configs() + "?limit=2");

        // when
        admin.activate(ids.get(3), "");
        var second = admin.get(bot.configs() + "?limit=2&cursor=" + first.text("next"));

        // then
        assertThat(idsOf(first)).containsExactly(ids.get(2), ids.getFirst());
        assertThat(idsOf(second)).containsExactly(ids.get(1), ids.get(3));
        assertThat(second.text("next")).isEmpty();
    }

    @Test
    void listsEveryConfigurationOnceInPagesOfOne() {
        // given
        var ids = IntStream.range(0, 3).mapToObj(i -> bot.create("").text("id")).toList();
        var before = admin.all(bot.configs(), 1);
        admin.activate(ids.get(1), "");

        // when
        var after = admin.all(bot.configs(), 1);

        // then
        assertThat(before).extracting(each -> each.path("id").asString()).isEqualTo(ids);
        assertThat(after)
                .extracting(each -> each.path("id").asString())
                .containsExactly(ids.get(1), ids.getFirst(), ids.get(2));
    }

    private static List<String> idsOf(Answer page) {
        return page.json()
                .path("items")
                .valueStream()
                .map(config -> config.path("id").asString())
                .toList();
    }

    @Test
    void warnsOfArgumentsThatABuiltInToolDoesNotTake() {
        // when
        var saved =
                bot.create(
                        """
                        , "prompt": "Fine", "metadata": {"tools": [
                            {"name": "open_map", "parameters": {"type": "object", "properties": {"city": {}}}},
                            {"name": "get_weather", "handler": "get_weather", "parameters": {
                              "type": "object", "properties": {"city": {}, "latitude": {}, "longitude": {}}}}]}
                        """);

        // then
        assertThat(saved.json().path("findings").valueStream())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.path("code").asString()).isEqualTo("tool_argument");
                    assertThat(finding.path("severity").asString()).isEqualTo("warning");
                    assertThat(finding.path("message").asString())
                            .isEqualTo(
                                    "metadata.tools[1].parameters.properties.city is not taken by"
                                            + " get_weather (expected: latitude, longitude)");
                });
    }

    @Test
    void warnsOfMetadataThatMessagesOfUsersDoNotHear() {
        // when
        var saved =
                bot.create(
                        """
                        , "prompt": "Fine", "metadata": {"additional_config": {"x": 1}, "tools_required": true,
                          "tools": [{"name": "look_up"}], "api_endpoint": "https://models.example/v1", "hedge": true}
                        """);

        // then
        assertThat(saved.json().path("findings").valueStream())
                .hasSize(1)
                .allMatch(finding -> finding.path("code").asString().equals("gateway_only"))
                .allMatch(finding -> finding.path("severity").asString().equals("warning"))
                .extracting(finding -> finding.path("message").asString().split(" ", 2)[0])
                .containsExactly("metadata.additional_config");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"revision\": 9}",
                "{\"revision\": \"00000000-0000-4000-8000-000000000000\"}",
                "{\"revision\": \"newest\"}"
            })
    void knowsNoRevisionThatIsNone(String choice) {
        // given
        var config = bot.create("").text("id");

        // when
        var answer = admin.activate(config, choice);

        // then
        answer.assertProblem(CommonProblem.NOT_FOUND);
        assertThat(bot.active()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"revision\": 0}",
                "{\"revision\": 1.5}",
                "{\"revision\": null}",
                "{\"x\": 1}"
            })
    void refusesAChoiceThatIsNone(String choice) {
        // given
        var config = bot.create("").text("id");

        // when
        var answer = admin.activate(config, choice);

        // then
        answer.assertProblem(ProblemCode.INVALID_REQUEST);
    }
}
