package dev.orrery.ingest.admin.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How an experiment is made, started and stopped, and whom it places in which arm. */
@ExtendWith(SharedDoor.class)
class ExperimentsAdminTest {

    private final RunningDoor door;
    private final User admin;
    private final TestedBot bot;

    ExperimentsAdminTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
        this.bot = TestedBot.live(admin);
    }

    private String armOf(String message) {
        return TestedBot.armOf(door, message);
    }

    @Test
    void isADraftOfArmsThatKeepTheirRevisions() {
        // given
        var made = bot.create("warmth", ", \"goal\": \"latency\"");

        // when
        bot.revise("{\"prompt\": \"Later\"}");

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
        bot.create("warmth", "").assertProblem(ProblemCode.CONFLICT);
    }

    @Test
    void placesEachUserInOneArmFromStartToEnd() {
        // given
        var experiment = bot.warmth("");
        var user = door.guest();
        var before = user.say(user.begin(bot.slug()), "Hello").text("id");

        // when
        bot.start(experiment);
        var first = user.say(user.begin(bot.slug()), "Hello").text("id");
        var second = user.say(user.begin(bot.slug()), "Hello").text("id");
        bot.stop(experiment);
        var after = user.say(user.begin(bot.slug()), "Hello").text("id");

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
        var experiment = bot.warmth("");
        var before = admin.activate(bot.other(), "");
        bot.start(experiment);

        // when
        var during = admin.activate(bot.other(), "");
        bot.stop(experiment);
        var after = admin.activate(bot.other(), "");

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
        var path = "/admin/v1/bots/" + bot.slug();
        admin.patch(path, "{\"metadata\": {\"custom\": {\"shop\": \"Moon\"}}}");
        bot.revise("{\"prompt\": \"At {{custom.shop}}.\"}");
        var experiment = bot.warmth("");
        bot.start(experiment);

        // when
        var during = admin.patch(path, "{\"metadata\": {\"custom\": null}}");
        bot.stop(experiment);
        var after = admin.patch(path, "{\"metadata\": {\"custom\": null}}");

        // then
        during.assertProblem(ProblemCode.PROMPT_REJECTED);
        assertThat(after.status()).as(after.body()).isEqualTo(200);
    }

    @Test
    void runsAloneAndOnce() {
        // given
        var first = bot.create("first", "").text("id");
        var second = bot.create("second", "").text("id");
        bot.start(first);

        // when
        var beside = bot.start(second);
        var again = bot.start(first);
        bot.stop(first);
        var stoppedAgain = bot.stop(first);
        var restarted = bot.start(first);
        var early = bot.stop(second);
        var next = bot.start(second);

        // then
        beside.assertProblem(ProblemCode.CONFLICT);
        assertThat(again.text("state")).isEqualTo("running");
        assertThat(stoppedAgain.text("state")).isEqualTo("stopped");
        restarted.assertProblem(ProblemCode.CONFLICT);
        early.assertProblem(ProblemCode.CONFLICT);
        assertThat(next.text("state")).isEqualTo("running");
        assertThat(admin.all("/admin/v1/bots/" + bot.slug() + "/experiments", 1))
                .extracting(each -> each.path("name").asString())
                .containsExactly("second", "first");
    }

    @Test
    void doesNotStartWithAPromptThatHasErrors() {
        // given
        bot.revise("{\"prompt\": \"{{user_nme}}\"}");
        var experiment = bot.warmth("");

        // when
        var answer = bot.start(experiment);

        // then
        answer.assertProblem(ProblemCode.PROMPT_REJECTED);
        assertThat(admin.get("/admin/v1/experiments/" + experiment).text("state"))
                .isEqualTo("draft");
    }

    @Test
    void doesNotStartWhereNobodyWouldAnswerAfterIt() {
        // given
        var draft = TestedBot.draft(admin);
        var experiment = draft.warmth("");

        // when
        var answer = draft.start(experiment);

        // then
        answer.assertProblem(ProblemCode.BOT_NOT_CONFIGURED);
    }
}
