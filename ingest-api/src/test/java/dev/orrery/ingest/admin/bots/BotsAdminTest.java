package dev.orrery.ingest.admin.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.http.CommonProblem;
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

/** How a bot is made, named and changed, and that every field is kept. */
@ExtendWith(SharedDoor.class)
class BotsAdminTest {

    private final User admin;
    private final NamedBots bots;

    BotsAdminTest(RunningDoor door) {
        this.admin = door.stranger();
        this.bots = new NamedBots(admin);
    }

    @Test
    void makesADraftOfANameThatNobodySees() {
        // when
        var answer = bots.create("");

        // then
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        var slug = bots.name().toLowerCase(Locale.ROOT).replace(' ', '-');
        assertThat(answer.headers().getFirst("Location")).isEqualTo(NamedBots.PATH + "/" + slug);
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
        assertThat(bots.get(slug).body()).isEqualTo(answer.body());
        assertThat(bots.offers(slug)).isFalse();
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
        var answer = bots.create(", " + fields.strip().substring(1, fields.strip().length() - 1));

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
                Stream.generate(() -> bots.create(", \"slug\": \"\"").text("slug"))
                        .limit(3)
                        .toList();

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
                                                NamedBots.PATH,
                                                "{\"name\": \"" + bots.name() + "\"}",
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
        var slug = bots.create("").text("slug");

        // when
        var renamed = bots.change(slug, "{\"name\": \"Another name\"}");
        var deleted = bots.delete(slug);

        // then
        assertThat(renamed.text("name")).isEqualTo("Another name");
        assertThat(renamed.text("slug")).isEqualTo(slug);
        assertThat(deleted.status()).isEqualTo(204);
        bots.get(slug).assertProblem(CommonProblem.NOT_FOUND);
        bots.change(slug, "{}").assertProblem(CommonProblem.NOT_FOUND);
        bots.delete(slug).assertProblem(CommonProblem.NOT_FOUND);
        assertThat(bots.create("").text("slug")).isEqualTo(slug + "-2");
        bots.create(", \"slug\": \"" + slug + "\"").assertProblem(ProblemCode.CONFLICT);
    }

    @Test
    void changesWhatIsMentionedAndNothingElse() {
        // given
        var slug =
                bots.create(
                                """
                                , "avatar": "a.png", "description": "D", "rank": 3,
                                "metadata": {"greeting": "Hi", "sex": "male"}
                                """)
                        .text("slug");

        // when
        var answer =
                bots.change(
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
}
