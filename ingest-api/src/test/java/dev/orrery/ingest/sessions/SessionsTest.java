package dev.orrery.ingest.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedDoor.class)
class SessionsTest {

    private final RunningDoor door;
    private final User user;

    SessionsTest(RunningDoor door) {
        this.door = door;
        this.user = door.guest();
    }

    @Test
    void beginsWithTheBotsPriceOfToday() {
        // when
        var answer = user.post("/v1/sessions", "{\"bot\": \"plain\"}");

        // then
        assertThat(answer.status()).isEqualTo(201);
        var path = "/v1/sessions/" + answer.text("id");
        assertThat(answer.headers().getFirst("Location")).isEqualTo(path);
        assertThat(answer.text("bot")).isEqualTo("plain");
        assertThat(answer.text("state")).isEqualTo("open");
        assertThat(answer.json().path("price").path("per_message_micros").asLong())
                .isEqualTo(5_000_000);
        assertThat(answer.json().path("links").path("messages").asString())
                .isEqualTo(path + "/messages");
        assertThat(user.get(path).body()).isEqualTo(answer.body());
    }

    @Test
    void keepsItsPriceWhenTheBotGetsDearer() {
        // given
        var session = user.begin("moody");
        door.execute(
                "update chat.bots set price = price || '{\"per_message_micros\": 9000000}', price_version = 2 where slug = 'moody'");

        // when
        user.say(session, "Hello");

        // then
        assertThat(
                        user.get("/v1/sessions/" + session)
                                .json()
                                .path("price")
                                .path("per_message_micros")
                                .asLong())
                .isEqualTo(5_000_000);
        assertThat(user.get("/v1/wallet").json().path("held_micros").asLong()).isEqualTo(5_000_000);
    }

    @Test
    void listsSessionsNewestFirstAndPageByPage() {
        // given
        var begun = Stream.generate(() -> user.begin("plain")).limit(7).toList();

        // when
        var pages = pages("/v1/sessions?limit=3");

        // then
        assertThat(pages).extracting(List::size).containsExactly(3, 3, 1);
        assertThat(pages.stream().flatMap(List::stream).map(item -> item.path("id").asString()))
                .containsExactlyElementsOf(begun.reversed());
    }

    @Test
    void showsAConversationNewestFirstAndPageByPage() {
        // given
        var session = user.begin("plain");
        try (var pipeline = new FakePipeline(door)) {
            for (int turn = 1; turn <= 5; turn++) {
                pipeline.answer(user.say(session, "Question " + turn).text("id"), "Answer " + turn);
            }
        }

        // when
        var pages = pages("/v1/sessions/" + session + "/messages?limit=2");

        // then
        assertThat(pages).extracting(List::size).containsExactly(2, 2, 1);
        assertThat(pages.stream().flatMap(List::stream))
                .extracting(item ->
                        item.path("text").asString()
                                + " / "
                                + item.path("reply").path("text").asString())
                .containsExactly(
                        "Question 5 / Answer 5",
                        "Question 4 / Answer 4",
                        "Question 3 / Answer 3",
                        "Question 2 / Answer 2",
                        "Question 1 / Answer 1");
    }

    private List<List<JsonNode>> pages(String path) {
        var pages = new ArrayList<List<JsonNode>>();
        var next = path;
        while (!next.isEmpty()) {
            var page = user.get(next);
            pages.add(page.json().path("items").valueStream().toList());
            next = page.text("next").isEmpty() ? "" : path + "&cursor=" + page.text("next");
        }
        return pages;
    }

    @Test
    void takesAndLosesATitle() {
        // given
        var session = user.begin("plain");

        // when
        var named = patch(session, "{\"title\": \"My career 🚀\"}");
        var nameless = patch(session, "{\"title\": null}");

        // then
        assertThat(named.text("title")).isEqualTo("My career 🚀");
        assertThat(nameless.status()).isEqualTo(200);
        assertThat(nameless.json().has("title")).isFalse();
    }

    private Answer patch(String session, String body) {
        return user.send(HttpMethod.PATCH, "/v1/sessions/" + session, body, Map.of());
    }

    @Test
    void closesForGoodAndLetsTheLastReplyEnd() {
        // given
        var session = user.begin("plain");
        var message = user.say(session, "Hello").text("id");

        // when
        var closed = user.send(HttpMethod.DELETE, "/v1/sessions/" + session, null, Map.of());
        var again = user.send(HttpMethod.DELETE, "/v1/sessions/" + session, null, Map.of());

        // then
        assertThat(closed.status()).isEqualTo(204);
        assertThat(again.status()).isEqualTo(204);
        assertThat(user.get("/v1/sessions/" + session).text("state")).isEqualTo("closed");
        try (var pipeline = new FakePipeline(door)) {
            pipeline.answer(message, "Good bye");
        }
        assertThat(user.get("/v1/messages/" + message).text("state")).isEqualTo("completed");
    }

    @Test
    void offersTheBotsThatAreLive() {
        // when
        var bots = user.get("/v1/bots").json().path("items").valueStream().toList();

        // then
        assertThat(bots)
                .extracting(bot -> bot.path("bot").asString())
                .contains("mira", "plain", "free")
                .doesNotContain("resting");
        var mira =
                bots.stream()
                        .filter(bot -> bot.path("bot").asString().equals("mira"))
                        .findFirst()
                        .orElseThrow();
        assertThat(mira.path("name").asString()).isEqualTo("Mira");
        assertThat(mira.path("requires").path(0).asString()).isEqualTo("birth");
        assertThat(mira.path("price").path("unit").asString()).isEqualTo("message");
    }
}
