package dev.orrery.ingest.admin.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bot between its launch and its end, as its users meet it. */
@ExtendWith(SharedDoor.class)
class BotLifeTest {

    private final RunningDoor door;
    private final User admin;
    private final NamedBots bots;

    BotLifeTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
        this.bots = new NamedBots(admin);
    }

    @Test
    void isLaunchedTheFirstTimeItGoesLive() {
        // given
        var slug = bots.create("").text("slug");

        // when
        var live = bots.change(slug, "{\"status\": \"live\"}");
        var paused = bots.change(slug, "{\"status\": \"paused\"}");
        var again = bots.change(slug, "{\"status\": \"live\"}");

        // then
        assertThat(live.text("launched_on")).isNotEmpty();
        assertThat(paused.text("launched_on")).isEqualTo(live.text("launched_on"));
        assertThat(again.text("launched_on")).isEqualTo(live.text("launched_on"));
    }

    @Test
    void isSeenByUsersWhileItIsLiveAndNotLonger() {
        // given
        var user = door.guest();
        var slug = bots.create(", \"status\": \"live\"").text("slug");
        admin.configure(slug);
        var session = user.begin(slug);

        // when
        var live = user.say(session, "Hello");
        try (var pipeline = new FakePipeline(door)) {
            pipeline.answer(live.text("id"), "Hi");
        }
        bots.change(slug, "{\"status\": \"paused\"}");
        var paused = user.say(session, "Hello?");

        // then
        assertThat(live.status()).isEqualTo(202);
        paused.assertProblem(ProblemCode.BOT_NOT_AVAILABLE);
        assertThat(bots.offers(slug)).isFalse();
        user.post("/v1/sessions", "{\"bot\": \"" + slug + "\"}")
                .assertProblem(ProblemCode.BOT_NOT_AVAILABLE);
    }

    @Test
    void letsATurnOfADeletedBotComeToItsEnd() {
        // given
        var user = door.guest();
        var slug = bots.create(", \"status\": \"live\"").text("slug");
        admin.configure(slug);
        var session = user.begin(slug);
        var message = user.say(session, "Hello").text("id");

        // when
        bots.delete(slug);

        // then
        try (var pipeline = new FakePipeline(door)) {
            pipeline.answer(message, "Good bye");
        }
        assertThat(user.get("/v1/messages/" + message).text("state")).isEqualTo("completed");
        user.say(session, "Hello?").assertProblem(ProblemCode.BOT_NOT_AVAILABLE);
    }

    @Test
    void answersBeforeAnyHoldThatABotIsNotConfigured() {
        // given
        var user = door.guest();
        var slug = bots.create(", \"status\": \"live\", \"price\": " + price(5)).text("slug");
        var session = user.begin(slug);

        // when
        var answer = user.say(session, "Hello");

        // then
        answer.assertProblem(ProblemCode.BOT_NOT_CONFIGURED);
        assertThat(user.get("/v1/wallet").json().path("held_micros").asLong()).isZero();
    }

    @Test
    void countsPricesAndLeavesRunningSessionsTheirs() {
        // given
        var user = door.guest();
        var slug = bots.create(", \"status\": \"live\", \"price\": " + price(5)).text("slug");
        var session = user.begin(slug);

        // when
        var same = bots.change(slug, "{\"price\": " + price(5) + "}");
        var dearer = bots.change(slug, "{\"price\": " + price(6) + "}");

        // then
        assertThat(same.json().path("price_version").asInt()).isEqualTo(1);
        assertThat(dearer.json().path("price_version").asInt()).isEqualTo(2);
        assertThat(lockedPrice(user, session)).isEqualTo(5);
        assertThat(lockedPrice(user, user.begin(slug))).isEqualTo(6);
    }

    private static String price(long micros) {
        return "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": "
                + micros
                + "}";
    }

    private static long lockedPrice(User user, String session) {
        return user.get("/v1/sessions/" + session)
                .json()
                .path("price")
                .path("per_message_micros")
                .asLong();
    }
}
