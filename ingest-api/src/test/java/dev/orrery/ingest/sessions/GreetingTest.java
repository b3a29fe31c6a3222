package dev.orrery.ingest.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a bot says before anybody has asked. */
@ExtendWith(SharedDoor.class)
class GreetingTest {

    private final RunningDoor door;
    private final User user;

    GreetingTest(RunningDoor door) {
        this.door = door;
        this.user = door.guest();
    }

    /** A live bot that says this first. */
    private String greeter(String greeting) {
        var slug = "greeter-" + UUID.randomUUID();
        var config = UUID.randomUUID();
        door.execute(
                """
                with b as (
                  insert into chat.bots (bot_id, slug, name, status, metadata, price)
                  select gen_random_uuid(), '%s', 'Nova', 'live', jsonb_build_object('greeting', '%s'), price
                    from chat.bots where slug = 'plain'
                  returning bot_id),
                r as (
                  insert into chat.config_revisions (revision_id, config_id, number, provider, model, prompt, author)
                  values (gen_random_uuid(), '%s', 1, 'openai', 'sim/echo', 'You are a test.', 'test')
                  returning revision_id)
                insert into chat.llm_configs (config_id, bot_id, name, is_active, current_revision_id)
                select '%s', b.bot_id, 'test', true, r.revision_id from b, r
                """
                        .formatted(slug, greeting, config, config));
        return slug;
    }

    private JsonNode page(String session, String query) {
        return user.get("/v1/sessions/" + session + "/messages" + query).json();
    }

    private static String shown(JsonNode item) {
        return item.path("sequence").asInt() + " " + item.path("reply").path("text").asString();
    }

    @Test
    void opensASessionWithTheUsersOwnWordsLeftAsTheyAre() {
        // given
        user.put("/v1/me", User.PROFILE.replace("\"Asha\"", "\"{{bot_name}} $1\""));
        var bot = greeter("Namaste {{user_name}}, I am {{bot_name}}.");

        // when
        var answer = user.post("/v1/sessions", "{\"bot\": \"" + bot + "\"}");

        // then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text("greeting")).isEqualTo("Namaste {{bot_name}} $1, I am Nova.");
        assertThat(user.get("/v1/sessions/" + answer.text("id")).text("greeting"))
                .isEqualTo(answer.text("greeting"));
    }

    @Test
    void isShownInTheListOfBotsAsItWouldBeSaid() {
        // given
        var bot = greeter("Namaste {{user_name}}");

        // when
        var bots = user.get("/v1/bots").json().path("items").valueStream();

        // then
        assertThat(bots.filter(each -> each.path("bot").asString().equals(bot)))
                .extracting(each -> each.path("greeting").asString())
                .containsExactly("Namaste Asha");
    }

    @Test
    void staysWhatItWasWhenTheBotSaysSomethingElse() {
        // given
        var bot = greeter("Namaste {{user_name}}");
        var session = user.begin(bot);
        door.execute(
                "update chat.bots set metadata = '{\"greeting\": \"Hello\"}' where slug = '"
                        + bot
                        + "'");

        // when
        var other = user.begin(bot);

        // then
        assertThat(user.get("/v1/sessions/" + session).text("greeting")).isEqualTo("Namaste Asha");
        assertThat(user.get("/v1/sessions/" + other).text("greeting")).isEqualTo("Hello");
    }

    @Test
    void isNotThereWhereTheBotWaitsToBeAsked() {
        // when
        var session = user.begin("plain");

        // then
        assertThat(user.get("/v1/sessions/" + session).json().has("greeting")).isFalse();
        assertThat(page(session, "").path("items")).isEmpty();
    }

    @Test
    void greetsAUserWhoHasSaidNothingOfThemselves() {
        // given
        var stranger = door.stranger();

        // when
        var answer =
                stranger.post(
                        "/v1/sessions", "{\"bot\": \"" + greeter("Hi {{user_name}}!") + "\"}");

        // then
        assertThat(answer.text("greeting")).isEqualTo("Hi !");
    }

    @Test
    void isTheOldestItemOfAConversationOnThePageThatReachesIt() {
        // given
        var session = user.begin(greeter("Namaste!"));
        try (var pipeline = new FakePipeline(door)) {
            for (int turn = 1; turn <= 2; turn++) {
                pipeline.answer(user.say(session, "Question " + turn).text("id"), "Answer " + turn);
            }
        }

        // when
        var whole = page(session, "");
        var first = page(session, "?limit=2");
        var second = page(session, "?limit=2&cursor=" + first.path("next").asString());

        // then
        assertThat(whole.path("items").valueStream().map(GreetingTest::shown))
                .containsExactly("2 Answer 2", "1 Answer 1", "0 Namaste!");
        assertThat(first.path("items").valueStream().map(GreetingTest::shown))
                .containsExactly("2 Answer 2", "1 Answer 1");
        assertThat(second.path("items").valueStream().map(GreetingTest::shown))
                .containsExactly("0 Namaste!");
        assertThat(second.has("next")).isFalse();
        var greeting = second.path("items").get(0);
        assertThat(greeting.path("state").asString()).isEqualTo("greeting");
        assertThat(greeting.has("text")).isFalse();
    }

    @Test
    void belongsToItsUserAlone() {
        // given
        var session = user.begin(greeter("Namaste!"));

        // when
        var answer = door.guest().get("/v1/sessions/" + session + "/messages");

        // then
        assertThat(answer.status()).isEqualTo(404);
    }
}
