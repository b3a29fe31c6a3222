package dev.orrery.ingest.admin.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(SharedDoor.class)
class BotsAdminTest {

    private static final String BOTS = "/admin/v1/bots";

    private final RunningDoor door;
    private final User admin;
    private final String name = "Bot " + UUID.randomUUID();

    BotsAdminTest(RunningDoor door) {
        this.door = door;
        this.admin = door.stranger();
    }

    private Answer create(String fields) {
        return admin.post(BOTS, "{\"name\": \"" + name + "\"" + fields + "}");
    }

    private Answer change(String slug, String document) {
        return admin.patch(BOTS + "/" + slug, document);
    }

    @Test
    void makesADraftOfANameThatNobodySees() {
        // when
        var answer = create("");

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        var slug = name.toLowerCase(Locale.ROOT).replace(' ', '-');
        assertThat(answer.headers().getFirst("Location")).isEqualTo(BOTS + "/" + slug);
        assertThat(answer.text("slug")).isEqualTo(slug);
        assertThat(answer.text("status")).isEqualTo("draft");
        assertThat(answer.text("type")).isEqualTo("companion");
        assertThat(answer.json().path("description").asString()).isEmpty();
        assertThat(answer.json().path("rank").asInt()).isZero();
        assertThat(answer.json().path("metadata").isEmpty()).isTrue();
        assertThat(answer.json().path("price").path("unit").asString()).isEqualTo("free");
        assertThat(answer.json().path("price_version").asInt()).isEqualTo(1);
        assertThat(answer.text("owner")).isEqualTo(admin.name());
        assertThat(answer.json().has("launched_on")).isFalse();
        assertThat(UUID.fromString(answer.text("id")).version()).isEqualTo(4);
        assertThat(admin.get(BOTS + "/" + slug).body()).isEqualTo(answer.body());
        assertThat(offered(slug)).isFalse();
    }

    private boolean offered(String slug) {
        return admin.get("/v1/bots")
                .json()
                .path("items")
                .valueStream()
                .anyMatch(bot -> bot.path("bot").asString().equals(slug));
    }

    @Test
    void keepsEveryFieldAsItWasSaid() {
        // given
        var fields =
                """
                {"slug": "%s", "description": "Reads charts.\\nKindly.", "avatar": "https://cdn.example/m.png",
                 "status": "live", "type": "astrologer", "rank": 7,
                 "price": {"unit": "token", "currency": "INR", "input_per_1k_micros": 10, "output_per_1k_micros": 20,
                           "minimum_micros": 5, "free_messages": 2},
                 "metadata": {"required_fields": ["name", "birth"],
                              "facts": [{"kind": "birth_chart", "indispensable": true, "format": "json"}],
                              "character_rating": 4.5, "scene_description": "A terrace at dusk.", "greeting": "नमस्ते",
                              "sex": "female", "app_id": "4", "time_zone": "Asia/Kolkata", "response_length": "short",
                              "custom": {"shop": "Moon & Co"}}}
                """
                        .formatted("full-" + UUID.randomUUID());

        // when
        var answer = create(", " + fields.strip().substring(1, fields.strip().length() - 1));

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        for (var said : JsonMapper.shared().readTree(fields).properties()) {
            assertThat(answer.json().path(said.getKey())).isEqualTo(said.getValue());
        }
        assertThat(answer.text("launched_on")).isNotEmpty();
        var shown =
                admin.get("/v1/bots")
                        .json()
                        .path("items")
                        .valueStream()
                        .filter(bot -> bot.path("bot").asString().equals(answer.text("slug")))
                        .findFirst()
                        .orElseThrow();
        assertThat(shown.path("greeting").asString()).isEqualTo("नमस्ते");
        assertThat(shown.path("avatar").asString()).isEqualTo("https://cdn.example/m.png");
        assertThat(shown.path("rating").asDouble()).isEqualTo(4.5);
    }

    @Test
    void numbersTheSlugsOfBotsThatAreNamedAlike() {
        // when
        var slugs =
                Stream.generate(() -> create(", \"slug\": \"\"").text("slug")).limit(3).toList();

        // then
        assertThat(slugs.get(1)).isEqualTo(slugs.getFirst() + "-2");
        assertThat(slugs.get(2)).isEqualTo(slugs.getFirst() + "-3");
    }

    @Test
    void numbersThemAlsoWhenTheyAreMadeAtOnce() {
        // when
        var answers =
                Flux.fromStream(IntStream.range(0, 20).boxed())
                        .flatMap(
                                n ->
                                        admin.later(
                                                HttpMethod.POST,
                                                BOTS,
                                                "{\"name\": \"" + name + "\"}",
                                                Map.of()),
                                20)
                        .collectList()
                        .blockOptional()
                        .orElseThrow();

        // then
        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(answers).extracting(answer -> answer.text("slug")).doesNotHaveDuplicates();
    }

    @Test
    void keepsTheSlugWhenTheBotIsRenamedAndForEverWhenItIsDeleted() {
        // given
        var slug = create("").text("slug");

        // when
        var renamed = change(slug, "{\"name\": \"Another name\"}");
        var deleted = admin.delete(BOTS + "/" + slug);

        // then
        assertThat(renamed.text("name")).isEqualTo("Another name");
        assertThat(renamed.text("slug")).isEqualTo(slug);
        assertThat(deleted.status()).isEqualTo(204);
        admin.get(BOTS + "/" + slug).assertProblem(CommonProblem.NOT_FOUND);
        change(slug, "{}").assertProblem(CommonProblem.NOT_FOUND);
        admin.delete(BOTS + "/" + slug).assertProblem(CommonProblem.NOT_FOUND);
        assertThat(create("").text("slug")).isEqualTo(slug + "-2");
        create(", \"slug\": \"" + slug + "\"").assertProblem(ProblemCode.CONFLICT);
    }

    @Test
    void isLaunchedTheFirstTimeItGoesLive() {
        // given
        var slug = create("").text("slug");

        // when
        var live = change(slug, "{\"status\": \"live\"}");
        var paused = change(slug, "{\"status\": \"paused\"}");
        var again = change(slug, "{\"status\": \"live\"}");

        // then
        assertThat(live.text("launched_on")).isNotEmpty();
        assertThat(paused.text("launched_on")).isEqualTo(live.text("launched_on"));
        assertThat(again.text("launched_on")).isEqualTo(live.text("launched_on"));
    }

    @Test
    void isSeenByUsersWhileItIsLiveAndNotLonger() {
        // given
        var user = door.guest();
        var slug = create(", \"status\": \"live\"").text("slug");
        admin.configure(slug);
        var session = user.begin(slug);

        // when
        var live = user.say(session, "Hello");
        try (var pipeline = new FakePipeline(door)) {
            pipeline.answer(live.text("id"), "Hi");
        }
        change(slug, "{\"status\": \"paused\"}");
        var paused = user.say(session, "Hello?");

        // then
        assertThat(live.status()).isEqualTo(202);
        paused.assertProblem(ProblemCode.BOT_NOT_AVAILABLE);
        assertThat(offered(slug)).isFalse();
        user.post("/v1/sessions", "{\"bot\": \"" + slug + "\"}")
                .assertProblem(ProblemCode.BOT_NOT_AVAILABLE);
    }

    @Test
    void letsATurnOfADeletedBotComeToItsEnd() {
        // given
        var user = door.guest();
        var slug = create(", \"status\": \"live\"").text("slug");
        admin.configure(slug);
        var session = user.begin(slug);
        var message = user.say(session, "Hello").text("id");

        // when
        admin.delete(BOTS + "/" + slug);

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
        var slug = create(", \"status\": \"live\", \"price\": " + price(5)).text("slug");
        var session = user.begin(slug);

        // when
        var answer = user.say(session, "Hello");

        // then
        answer.assertProblem(ProblemCode.BOT_NOT_CONFIGURED);
        assertThat(user.get("/v1/wallet").json().path("held_micros").asLong()).isZero();
    }

    private static String price(long micros) {
        return "{\"unit\": \"message\", \"currency\": \"INR\", \"per_message_micros\": "
                + micros
                + "}";
    }

    @Test
    void countsPricesAndLeavesRunningSessionsTheirs() {
        // given
        var user = door.guest();
        var slug = create(", \"status\": \"live\", \"price\": " + price(5)).text("slug");
        var session = user.begin(slug);

        // when
        var same = change(slug, "{\"price\": " + price(5) + "}");
        var dearer = change(slug, "{\"price\": " + price(6) + "}");

        // then
        assertThat(same.json().path("price_version").asInt()).isEqualTo(1);
        assertThat(dearer.json().path("price_version").asInt()).isEqualTo(2);
        assertThat(lockedPrice(user, session)).isEqualTo(5);
        assertThat(lockedPrice(user, user.begin(slug))).isEqualTo(6);
    }

    private static long lockedPrice(User user, String session) {
        return user.get("/v1/sessions/" + session)
                .json()
                .path("price")
                .path("per_message_micros")
                .asLong();
    }

    @Test
    void changesWhatIsMentionedAndNothingElse() {
        // given
        var slug =
                create(
                                """
                                , "avatar": "a.png", "description": "D", "rank": 3,
                                "metadata": {"greeting": "Hi", "sex": "male"}
                                """)
                        .text("slug");

        // when
        var answer =
                change(
                        slug,
                        """
                        {"avatar": null, "metadata": {"greeting": null, "response_length": "long"}}
                        """);

        // then
        assertThat(answer.json().has("avatar")).isFalse();
        assertThat(answer.text("description")).isEqualTo("D");
        assertThat(answer.json().path("rank").asInt()).isEqualTo(3);
        assertThat(answer.json().path("metadata").toString())
                .isEqualTo("{\"sex\":\"male\",\"response_length\":\"long\"}");
    }

    @Test
    void listsByRankThenByAge() {
        // given
        var slugs =
                List.of(
                        create(", \"rank\": 2000000002").text("slug"),
                        create(", \"rank\": 2000000001").text("slug"),
                        create(", \"rank\": 2000000001").text("slug"));

        // when
        var listed = admin.all(BOTS, 7).stream().map(bot -> bot.path("slug").asString()).toList();

        // then
        assertThat(listed).doesNotHaveDuplicates();
        assertThat(listed)
                .containsSubsequence("mira", slugs.get(1), slugs.get(2), slugs.getFirst());
    }

    @Test
    void skipsNoneWhenTheLastOneOfAPageIsGivenAnotherRank() {
        // given
        var moved = create(", \"rank\": 2000000003").text("slug");
        var middle = create(", \"rank\": 2000000004").text("slug");
        var last = create(", \"rank\": 2000000006").text("slug");
        var page = pageThatEndsWith(moved);

        // when
        change(moved, "{\"rank\": 2000000005}");
        var next = admin.get(BOTS + "?limit=100&cursor=" + page.text("next"));

        // then
        assertThat(slugs(page).getLast()).isEqualTo(moved);
        assertThat(slugs(next)).startsWith(middle).containsSubsequence(middle, last);
    }

    private Answer pageThatEndsWith(String slug) {
        var after = "";
        while (true) {
            var page = admin.get(BOTS + "?limit=100" + after);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            int place = slugs(page).indexOf(slug);
            if (place >= 0) {
                return admin.get(BOTS + "?limit=" + (place + 1) + after);
            }
            after = "&cursor=" + page.text("next");
        }
    }

    private static List<String> slugs(Answer page) {
        return page.json()
                .path("items")
                .valueStream()
                .map(bot -> bot.path("slug").asString())
                .toList();
    }
}
