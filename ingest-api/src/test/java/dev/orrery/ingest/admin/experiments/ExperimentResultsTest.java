package dev.orrery.ingest.admin.experiments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the turns of an experiment tell of its arms, and when that is enough for a winner. */
@ExtendWith(SharedDoor.class)
class ExperimentResultsTest {

    private final RunningDoor door;
    private final TestedBot bot;

    ExperimentResultsTest(RunningDoor door) {
        this.door = door;
        this.bot = TestedBot.live(door.stranger());
    }

    @Test
    void statesAWinnerWhenTheNumbersCarryIt() {
        // given
        var experiment = bot.warmth("");
        Crowd.content("a", 200, 5).comes(door, experiment);
        Crowd.content("b", 220, 8).comes(door, experiment);

        // when
        var results = bot.results(experiment);

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
        var experiment = bot.warmth("");
        Crowd.content("a", 40, 5).comes(door, experiment);
        Crowd.content("b", 40, 6).comes(door, experiment);

        // when
        var verdict = bot.results(experiment).path("verdict");

        // then
        assertThat(verdict.has("winner")).isFalse();
        assertThat(verdict.path("p").asDouble()).isGreaterThan(0.05);
        assertThat(verdict.path("because").asString()).isNotEmpty();
    }

    @Test
    void countsAnswersOfOtherModelsApart() {
        // given
        var experiment = bot.warmth(", \"goal\": \"success\"");
        new Crowd("a", 100, 5, 35, 5, 1_000).comes(door, experiment);
        new Crowd("b", 100, 5, 5, 5, 2_000).comes(door, experiment);

        // when
        var results = bot.results(experiment);

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
        var experiment = bot.warmth(", \"goal\": \"success\"");
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
        var arms = bot.results(experiment).path("arms");

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
        var experiment = bot.warmth(", \"goal\": \"success\"");
        new Crowd("a", 100, 10, 60, 5, 1_000).comes(door, experiment);
        new Crowd("b", 100, 25, 0, 5, 1_000).comes(door, experiment);

        // when
        var results = bot.results(experiment);

        // then
        assertThat(results.path("arms").valueStream())
                .extracting(arm -> arm.path("success").path("rate").asDouble())
                .containsExactly(0.75, 0.75);
        assertThat(results.path("verdict").has("winner")).isFalse();
    }

    @Test
    void findsTheArmThatFailsMoreOften() {
        // given
        var experiment = bot.warmth(", \"goal\": \"success\"");
        new Crowd("a", 100, 40, 0, 5, 1_000).comes(door, experiment);
        new Crowd("b", 100, 10, 0, 5, 1_000).comes(door, experiment);

        // when
        var results = bot.results(experiment);

        // then
        assertThat(results.path("verdict").path("winner").asString()).isEqualTo("b");
    }

    @Test
    void comparesMeansByWelch() {
        // given
        var experiment = bot.warmth(", \"goal\": \"latency\"");
        new Crowd("a", 50, 0, 0, 5, 1_000).comes(door, experiment);
        new Crowd("b", 50, 0, 0, 5, 1_050).comes(door, experiment);

        // when
        var results = bot.results(experiment);
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
        var experiment = bot.warmth("");

        // when
        var results = bot.results(experiment);

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
        var experiment = bot.warmth("");
        bot.start(experiment);
        var user = door.guest();
        var message = user.say(user.begin(bot.slug()), "Hello").text("id");
        try (var pipeline = new FakePipeline(door)) {
            pipeline.answer(message, "Hi");
        }

        // when
        user.post("/v1/messages/" + message + "/feedback", "{\"rating\": \"up\"}");

        // then
        var arm =
                bot.results(experiment)
                        .path("arms")
                        .valueStream()
                        .filter(each -> each.path("turns").asInt() == 1)
                        .findFirst()
                        .orElseThrow();
        // FakePipeline answers as "echo", which is what arm a names and arm b does not
        boolean own = TestedBot.armOf(door, message).equals("warmth/a");
        assertThat(arm.path("answered").asInt()).isEqualTo(own ? 1 : 0);
        assertThat(arm.path("answered_by_fallback").asInt()).isEqualTo(own ? 0 : 1);
        assertThat(arm.path("thumbs").path("up").asInt()).isEqualTo(own ? 1 : 0);
    }
}
