package dev.orrery.ingest.admin.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedDoor.class)
class ExperimentsAdminTest {

    private final RunningDoor door;
    private final User admin;
    private String bot = "";
    private String config = "";

    ExperimentsAdminTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
    }

    @BeforeEach
    void makeABotWithTwoConfigurations() {
        bot = admin.liveBot();
        config =
                admin.post(
                                "/admin/v1/bots/" + bot + "/llm-configs",
                                "{\"provider\": \"openai\", \"model\": \"other\"}")
                        .text("id");
    }

    private String active() {
        return admin.all("/admin/v1/bots/" + bot + "/llm-configs", 10)
                .getFirst()
                .path("id")
                .asString();
    }

    /** A draft of two arms: the active configuration, and another one. */
    private Answer create(String name, String more) {
        return admin.post(
                "/admin/v1/bots/" + bot + "/experiments",
                """
                {"name": "%s", "arms": [{"name": "a", "config": "%s"}, {"name": "b", "config": "%s"}]%s}
                """
                        .formatted(name, active(), config, more));
    }

    private Answer move(String experiment, String action) {
        return admin.post("/admin/v1/experiments/" + experiment + "/" + action, "");
    }

    private JsonNode results(String experiment) {
        var answer = admin.get("/admin/v1/experiments/" + experiment + "/results");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private String armOf(String message) {
        return door.query(
                "select experiment_arm from chat.turns where turn_id = '" + message + "'");
    }

    @Test
    void isADraftOfArmsThatKeepTheirRevisions() {
        // given
        var made = create("warmth", ", \"goal\": \"latency\"");

        // when
        admin.post("/admin/v1/llm-configs/" + config + "/revisions", "{\"prompt\": \"Later\"}");

        // then
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.text("state")).isEqualTo("draft");
        assertThat(made.text("goal")).isEqualTo("latency");
        assertThat(made.json().path("arms").valueStream())
                .allSatisfy(arm -> {
                    assertThat(arm.path("revision").asInt()).isEqualTo(1);
                    assertThat(arm.path("share").asDouble()).isEqualTo(0.5);
                });
        assertThat(admin.get("/admin/v1/experiments/" + made.text("id")).body())
                .isEqualTo(made.body());
        create("warmth", "").assertProblem(ProblemCode.CONFLICT);
    }

    @Test
    void placesEachUserInOneArmFromStartToEnd() {
        // given
        var experiment = create("warmth", "").text("id");
        var user = door.guest();
        var before = user.say(user.begin(bot), "Hello").text("id");

        // when
        move(experiment, "start");
        var first = user.say(user.begin(bot), "Hello").text("id");
        var second = user.say(user.begin(bot), "Hello").text("id");
        move(experiment, "stop");
        var after = user.say(user.begin(bot), "Hello").text("id");

        // then
        assertThat(armOf(before)).isEqualTo("null");
        assertThat(armOf(first)).isIn("warmth/a", "warmth/b");
        assertThat(armOf(second)).isEqualTo(armOf(first));
        assertThat(armOf(after)).isEqualTo("null");
        try (var pipeline = new FakePipeline(door)) {
            assertThat(pipeline.row(first).experimentArm()).isEqualTo(armOf(first));
        }
    }

    @Test
    void isNamedWhenAnActivationBesideItChangesNobody() {
        // given
        var experiment = create("warmth", "").text("id");
        var before = admin.activate(config, "");
        move(experiment, "start");

        // when
        var during = admin.activate(config, "");
        move(experiment, "stop");
        var after = admin.activate(config, "");

        // then
        assertThat(before.json().path("warnings").isEmpty()).isTrue();
        assertThat(during.status()).as(during.body()).isEqualTo(200);
        assertThat(during.json().path("warnings").path(0).asString())
                .isEqualTo(
                        "experiment warmth is running: its arms answer every user until it is stopped");
        assertThat(after.json().path("warnings").isEmpty()).isTrue();
    }

    @Test
    void keepsTheBotFromBreakingThePromptOfAnArm() {
        // given
        var path = "/admin/v1/bots/" + bot;
        admin.patch(path, "{\"metadata\": {\"custom\": {\"shop\": \"Moon\"}}}");
        admin.post(
                "/admin/v1/llm-configs/" + config + "/revisions",
                "{\"prompt\": \"At {{custom.shop}}.\"}");
        var experiment = create("warmth", "").text("id");
        move(experiment, "start");

        // when
        var during = admin.patch(path, "{\"metadata\": {\"custom\": null}}");
        move(experiment, "stop");
        var after = admin.patch(path, "{\"metadata\": {\"custom\": null}}");

        // then
        during.assertProblem(ProblemCode.PROMPT_REJECTED);
        assertThat(after.status()).as(after.body()).isEqualTo(200);
    }

    @Test
    void runsAloneAndOnce() {
        // given
        var first = create("first", "").text("id");
        var second = create("second", "").text("id");
        move(first, "start");

        // when
        var beside = move(second, "start");
        var again = move(first, "start");
        move(first, "stop");
        var stoppedAgain = move(first, "stop");
        var restarted = move(first, "start");
        var early = move(second, "stop");
        var next = move(second, "start");

        // then
        beside.assertProblem(ProblemCode.CONFLICT);
        assertThat(again.text("state")).isEqualTo("running");
        assertThat(stoppedAgain.text("state")).isEqualTo("stopped");
        restarted.assertProblem(ProblemCode.CONFLICT);
        early.assertProblem(ProblemCode.CONFLICT);
        assertThat(next.text("state")).isEqualTo("running");
        assertThat(admin.all("/admin/v1/bots/" + bot + "/experiments", 1))
                .extracting(each -> each.path("name").asString())
                .containsExactly("second", "first");
    }

    @Test
    void doesNotStartWithAPromptThatHasErrors() {
        // given
        admin.post(
                "/admin/v1/llm-configs/" + config + "/revisions", "{\"prompt\": \"{{user_nme}}\"}");
        var experiment = create("warmth", "").text("id");

        // when
        var answer = move(experiment, "start");

        // then
        answer.assertProblem(ProblemCode.PROMPT_REJECTED);
        assertThat(admin.get("/admin/v1/experiments/" + experiment).text("state"))
                .isEqualTo("draft");
    }

    @Test
    void doesNotStartWhereNobodyWouldAnswerAfterIt() {
        // given
        bot =
                admin.post("/admin/v1/bots", "{\"name\": \"Bot " + UUID.randomUUID() + "\"}")
                        .text("slug");
        config =
                admin.post(
                                "/admin/v1/bots/" + bot + "/llm-configs",
                                "{\"provider\": \"openai\", \"model\": \"m\"}")
                        .text("id");
        var experiment = create("warmth", "").text("id");

        // when
        var answer = move(experiment, "start");

        // then
        answer.assertProblem(ProblemCode.BOT_NOT_CONFIGURED);
    }

    @Test
    void statesAWinnerWhenTheNumbersCarryIt() {
        // given
        var experiment = create("warmth", "").text("id");
        Crowd.content("a", 200, 5).comes(door, experiment);
        Crowd.content("b", 220, 8).comes(door, experiment);

        // when
        var results = results(experiment);

        // then
        assertThat(results.path("verdict").path("winner").asString()).isEqualTo("b");
        assertThat(results.path("verdict").path("p").asDouble()).isLessThan(0.001);
        var thumbs = results.path("arms").path(1).path("thumbs");
        assertThat(thumbs.path("up").asInt()).isEqualTo(176);
        assertThat(thumbs.path("down").asInt()).isEqualTo(44);
        assertThat(thumbs.path("rate").asDouble()).isCloseTo(0.8, within(1e-9));
        assertThat(thumbs.path("low").asDouble()).isCloseTo(0.7423, within(1e-3));
        assertThat(thumbs.path("high").asDouble()).isCloseTo(0.8476, within(1e-3));
    }

    @Test
    void statesNoneWhenTheyDoNot() {
        // given
        var experiment = create("warmth", "").text("id");
        Crowd.content("a", 40, 5).comes(door, experiment);
        Crowd.content("b", 40, 6).comes(door, experiment);

        // when
        var verdict = results(experiment).path("verdict");

        // then
        assertThat(verdict.has("winner")).isFalse();
        assertThat(verdict.path("p").asDouble()).isGreaterThan(0.05);
        assertThat(verdict.path("because").asString()).isNotEmpty();
    }

    @Test
    void countsAnswersOfOtherModelsApart() {
        // given
        var experiment = create("warmth", ", \"goal\": \"success\"").text("id");
        new Crowd("a", 100, 5, 35, 5, 1_000).comes(door, experiment);
        new Crowd("b", 100, 5, 5, 5, 2_000).comes(door, experiment);

        // when
        var results = results(experiment);

        // then
        var a = results.path("arms").path(0);
        assertThat(a.path("turns").asInt()).isEqualTo(100);
        assertThat(a.path("users").asInt()).isEqualTo(100);
        assertThat(a.path("answered").asInt()).isEqualTo(60);
        assertThat(a.path("answered_by_fallback").asInt()).isEqualTo(35);
        assertThat(a.path("failed").asInt()).isEqualTo(5);
        assertThat(a.path("success").path("rate").asDouble()).isCloseTo(60 / 65.0, within(1e-9));
        assertThat(a.path("success").path("of").asInt()).isEqualTo(65);
        // the first 40 of 100 are not its own: answers 41 to 100, one millisecond apart
        assertThat(a.path("latency_ms").path("p50").asDouble()).isCloseTo(1_070.5, within(0.01));
        assertThat(a.path("latency_ms").path("mean").asDouble()).isCloseTo(1_070.5, within(0.01));
        assertThat(a.path("latency_ms").path("p95").asDouble()).isCloseTo(1_097.05, within(0.01));
        assertThat(a.path("first_token_ms").path("p50").asDouble()).isCloseTo(100, within(0.01));
        assertThat(a.path("charge_micros").path("total").asLong()).isEqualTo(300);
        assertThat(a.path("cost_micros").path("total").asLong()).isEqualTo(420);
        assertThat(a.path("thumbs").path("up").asInt() + a.path("thumbs").path("down").asInt())
                .isEqualTo(60);
    }

    /** Neither the arm's merit nor its fault, whether it would have been answered or not. */
    @Test
    void leavesOutWhoWasHelpedInsteadOfAnswered() {
        // given
        var experiment = create("warmth", ", \"goal\": \"success\"").text("id");
        new Crowd("a", 20, 5, 0, 5, 1_000).comes(door, experiment);
        new Crowd("b", 20, 5, 0, 5, 1_000).comes(door, experiment);
        door.execute(
                """
                update chat.turns set marks = '{crisis}' where turn_id in (
                  select turn_id from chat.turns
                   where experiment_id = '%s' and experiment_arm = 'warmth/a' and state = 'completed' limit 7)
                """
                        .formatted(experiment));

        // when
        var arms = results(experiment).path("arms");

        // then
        assertThat(arms.path(0).path("turns").asInt()).isEqualTo(20);
        assertThat(arms.path(0).path("crisis").asInt()).isEqualTo(7);
        assertThat(arms.path(0).path("answered").asInt()).isEqualTo(8);
        assertThat(arms.path(0).path("success").path("of").asInt()).isEqualTo(13);
        assertThat(arms.path(0).path("charge_micros").path("total").asInt()).isEqualTo(40);
        assertThat(arms.path(1).path("crisis").asInt()).isZero();
        assertThat(arms.path(1).path("success").path("of").asInt()).isEqualTo(20);
    }

    @Test
    void lowersNoSuccessByAnOutageThatAnotherModelCovered() {
        // given
        var experiment = create("warmth", ", \"goal\": \"success\"").text("id");
        new Crowd("a", 100, 10, 60, 5, 1_000).comes(door, experiment);
        new Crowd("b", 100, 25, 0, 5, 1_000).comes(door, experiment);

        // when
        var results = results(experiment);

        // then
        assertThat(results.path("arms").valueStream())
                .extracting(arm -> arm.path("success").path("rate").asDouble())
                .containsExactly(0.75, 0.75);
        assertThat(results.path("verdict").has("winner")).isFalse();
    }

    @Test
    void findsTheArmThatFailsMoreOften() {
        // given
        var experiment = create("warmth", ", \"goal\": \"success\"").text("id");
        new Crowd("a", 100, 40, 0, 5, 1_000).comes(door, experiment);
        new Crowd("b", 100, 10, 0, 5, 1_000).comes(door, experiment);

        // when
        var results = results(experiment);

        // then
        assertThat(results.path("verdict").path("winner").asString()).isEqualTo("b");
    }

    @Test
    void comparesMeansByWelch() {
        // given
        var experiment = create("warmth", ", \"goal\": \"latency\"").text("id");
        new Crowd("a", 50, 0, 0, 5, 1_000).comes(door, experiment);
        new Crowd("b", 50, 0, 0, 5, 1_050).comes(door, experiment);

        // when
        var results = results(experiment);
        var verdict = results.path("verdict");

        // then
        assertThat(verdict.path("test").asString()).isEqualTo("welch");
        assertThat(verdict.path("winner").asString()).isEqualTo("a");
        // 1 to 50 ms behind a second: variance 212.5, and 49 degrees of freedom
        var latency = results.path("arms").path(0).path("latency_ms");
        assertThat(latency.path("mean").asDouble()).isCloseTo(1_025.5, within(1e-6));
        assertThat(latency.path("low").asDouble()).isCloseTo(1_021.357, within(1e-3));
        assertThat(latency.path("high").asDouble()).isCloseTo(1_029.643, within(1e-3));
        var charge = results.path("arms").path(0).path("charge_micros");
        assertThat(charge.path("low").asDouble()).isEqualTo(5);
        assertThat(charge.path("high").asDouble()).isEqualTo(5);
    }

    @Test
    void hasNumbersOfArmsWhereNobodyCame() {
        // given
        var experiment = create("warmth", "").text("id");

        // when
        var results = results(experiment);

        // then
        assertThat(results.path("arms").valueStream())
                .extracting(arm -> arm.path("name").asString() + arm.path("turns").asInt())
                .isEqualTo(List.of("a0", "b0"));
        assertThat(results.path("arms").path(0).has("success")).isFalse();
        assertThat(results.path("verdict").has("winner")).isFalse();
    }

    @Test
    void hearsWhatUsersThink() {
        // given
        var experiment = create("warmth", "").text("id");
        move(experiment, "start");
        var user = door.guest();
        var message = user.say(user.begin(bot), "Hello").text("id");
        try (var pipeline = new FakePipeline(door)) {
            pipeline.answer(message, "Hi");
        }

        // when
        user.post("/v1/messages/" + message + "/feedback", "{\"rating\": \"up\"}");

        // then
        var arm =
                results(experiment)
                        .path("arms")
                        .valueStream()
                        .filter(each -> each.path("turns").asInt() == 1)
                        .findFirst()
                        .orElseThrow();
        // FakePipeline answers as "echo", which is what arm a names and arm b does not
        boolean own = armOf(message).equals("warmth/a");
        assertThat(arm.path("answered").asInt()).isEqualTo(own ? 1 : 0);
        assertThat(arm.path("answered_by_fallback").asInt()).isEqualTo(own ? 0 : 1);
        assertThat(arm.path("thumbs").path("up").asInt()).isEqualTo(own ? 1 : 0);
    }
}
