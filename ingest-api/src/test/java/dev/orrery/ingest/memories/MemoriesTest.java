package dev.orrery.ingest.memories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
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

@ExtendWith(SharedDoor.class)
class MemoriesTest {

    private static final String MINE = "/v1/me/memories";

    private final RunningDoor door;
    private final User user;
    private final User admin;

    MemoriesTest(RunningDoor door) {
        this.door = door;
        this.user = door.stranger();
        this.admin = door.stranger();
    }

    private Answer remember(String text) {
        return user.post(MINE, "{\"text\": \"" + text + "\"}");
    }

    @Test
    void areKeptWithTimeAndOriginAndForgottenWhenAsked() {
        // when
        var first = remember("I moved to Pune.");
        var second = remember("मुझे संगीत पसंद है");
        var forgotten = user.delete(MINE + "/" + first.text("id"));

        // then
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.text("origin")).isEqualTo("user");
        assertThat(first.text("created_at")).isNotEmpty();
        assertThat(forgotten.status()).isEqualTo(204);
        assertThat(user.all(MINE, 10))
                .extracting(memory -> memory.path("id").asString())
                .containsExactly(second.text("id"));
        user.delete(MINE + "/" + first.text("id")).assertProblem(CommonProblem.NOT_FOUND);
    }

    @Test
    void areListedNewestFirstAndPageByPage() {
        // given
        var texts = IntStream.range(0, 5).mapToObj(i -> "Memory " + i).toList();
        texts.forEach(this::remember);

        // when
        var listed = user.all(MINE, 2);

        // then
        assertThat(listed)
                .extracting(memory -> memory.path("text").asString())
                .containsExactlyElementsOf(texts.reversed());
    }

    @Test
    void areAHundredAtMostAlsoWhenManyAreAddedAtOnce() {
        // given
        remember("The first");
        door.execute(
                """
                insert into chat.memories (memory_id, user_id, text, origin)
                select gen_random_uuid(), '%s', 'Memory ' || n, 'conversation' from generate_series(2, 95) as n
                """
                        .formatted(user.name()));

        // when
        var answers =
                Flux.fromStream(IntStream.range(0, 12).boxed())
                        .flatMap(
                                n ->
                                        user.later(
                                                HttpMethod.POST,
                                                MINE,
                                                "{\"text\": \"More\"}",
                                                Map.of()),
                                12)
                        .collectList()
                        .blockOptional()
                        .orElseThrow();

        // then
        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(5);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .hasSize(7)
                .allSatisfy(answer -> answer.assertProblem(ProblemCode.CONFLICT));
    }

    @Test
    void canBeReadAndDeletedByOperators() {
        // given
        var memory = remember("A private matter").text("id");

        // when
        var listed = admin.get("/admin/v1/memories/" + user.name());
        var deleted = admin.delete("/admin/v1/memories/" + user.name() + "/" + memory);

        // then
        assertThat(listed.json().path("items").path(0).path("text").asString())
                .isEqualTo("A private matter");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(user.all(MINE, 10)).isEmpty();
        assertThat(
                        door.query(
                                "select action || ' ' || subject || coalesce(before::text, '') from chat.admin_changes where actor = '"
                                        + admin.name()
                                        + "'"))
                .isEqualTo("delete_memory memory/" + user.name() + "/" + memory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"text\": \"\"}",
                "{\"text\": \" \"}",
                "{\"text\": 1}",
                "{\"text\": \"a\\u0000\"}",
                "{\"text\": \"x\", \"origin\": \"conversation\"}"
            })
    void areTextsThatSaySomething(String body) {
        user.post(MINE, body).assertProblem(ProblemCode.INVALID_REQUEST);
    }

    @Test
    void areFiveHundredCodePointsLongAtMost() {
        assertThat(remember("🚀".repeat(500)).status()).isEqualTo(201);
        remember("🚀".repeat(501)).assertProblem(ProblemCode.INVALID_REQUEST);
    }
}
