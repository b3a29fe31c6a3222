package dev.orrery.ingest.messages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.orrery.events.ChatRequested;
import dev.orrery.ids.DerivedId;
import dev.orrery.ingest.problems.ProblemCode;
import dev.orrery.ingest.testing.Answer;
import dev.orrery.ingest.testing.FakePipeline;
import dev.orrery.ingest.testing.RunningDoor;
import dev.orrery.ingest.testing.SharedDoor;
import dev.orrery.ingest.testing.TopicListener;
import dev.orrery.ingest.testing.User;
import dev.orrery.pipeline.event.TraceParent;
import dev.orrery.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(SharedDoor.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AcceptanceTest {

    private static final long PRICE_MICROS = 5_000_000;

    private final RunningDoor door;
    private final FakePipeline pipeline;
    private final TopicListener<ChatRequested> requests;

    AcceptanceTest(RunningDoor door) {
        this.door = door;
        this.pipeline = new FakePipeline(door);
        this.requests = new TopicListener<>(door, Topics.CHAT_REQUESTS);
    }

    @AfterAll
    void close() {
        requests.close();
        pipeline.close();
    }

    @Test
    void makesAMessageDurableAndSendsItOnItsWay() {
        // given
        var user = door.guest();
        var session = user.begin("mira");

        // when
        var answer = user.say(session, "Will I be famous?");

        // then
        assertThat(answer.status()).isEqualTo(202);
        var id = answer.text("id");
        assertThat(answer.text("state")).isEqualTo("accepted");
        assertThat(answer.text("session_id")).isEqualTo(session);
        assertThat(answer.headers().getFirst("Location")).isEqualTo("/v1/messages/" + id);
        assertThat(answer.json().path("links").path("events").asString())
                .isEqualTo("/v1/messages/" + id + "/events");
        var row = pipeline.row(id);
        assertThat(row.requestText()).isEqualTo("Will I be famous?");
        await().until(() -> !requests.of(id).isEmpty());
        assertThat(requests.of(id))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.context().id())
                            .isEqualTo(DerivedId.ofEvent(UUID.fromString(id), "ChatRequested", 0));
                    assertThat(event.key()).isEqualTo(session);
                    assertThat(event.context().source()).isEqualTo("ingest-api");
                    assertThat(event.value().getText()).isEqualTo("Will I be famous?");
                    assertThat(event.value().getTurn().getUserId()).isEqualTo(user.name());
                    assertThat(event.value().getTurn().getReplyPartition()).isZero();
                    assertThat(event.context().trace()).isEqualTo(TraceParent.rootOf(id));
                });
        await().until(() -> isMarked(id));
    }

    private boolean isMarked(String id) {
        return door.query(
                        "select request_published_at is not null from chat.turns where turn_id = '"
                                + id
                                + "'")
                .equals("t");
    }

    @Test
    void carriesTheTraceOfTheRequestOn() {
        // given
        var user = door.guest();
        var session = user.begin("free");
        var trace = "4bf92f3577b34da6a3ce929d0e0e4736";

        // when
        var id =
                user.send(
                                HttpMethod.POST,
                                "/v1/sessions/" + session + "/messages",
                                "{\"text\": \"Hello\"}",
                                Map.of("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"))
                        .text("id");

        // then
        await().until(() -> !requests.of(id).isEmpty());
        assertThat(String.valueOf(requests.of(id).getFirst().context().trace())).contains(trace);
    }

    @Test
    void passesLegalTextThroughUnchanged() {
        var texts =
                List.of(
                        "שלום עליכם, مرحبا",
                        "👩‍👩‍👧‍👦 e\u0301 \u202Eevil\u202C \uFFFD \uFFFF",
                        "{{name}} ${x} <b>&amp;</b> '; drop table chat.turns; --",
                        "line\nline\r\n\ttab\u0001",
                        "😀".repeat(32_000));
        for (var text : texts) {
            // given
            var user = door.guest();
            var session = user.begin("plain");
            var body = JsonMapper.shared().writeValueAsString(Map.of("text", text));

            // when
            var id = user.post("/v1/sessions/" + session + "/messages", body).text("id");

            // then
            assertThat(pipeline.row(id).requestText()).isEqualTo(text);
            assertThat(user.get("/v1/messages/" + id).text("text")).isEqualTo(text);
            await().until(() -> !requests.of(id).isEmpty());
            assertThat(requests.of(id).getFirst().value().getText()).isEqualTo(text);
        }
    }

    @Test
    void attachesARepeatToTheSameTurnWhileItRunsAndAfterItsEnd() {
        // given
        var user = door.guest();
        var session = user.begin("plain");
        var first = user.say(session, "Hello", "key-1");

        // when
        var repeat = user.say(session, "Hello", "\"key-1\"");
        pipeline.answer(first.text("id"), "Hi");
        var late = user.say(session, "Hello", "key-1");

        // then
        assertThat(repeat.status()).isEqualTo(202);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(late.status()).isEqualTo(200);
        assertThat(late.text("id")).isEqualTo(first.text("id"));
        assertThat(late.text("state")).isEqualTo("completed");
        assertThat(turnsOf(session)).isEqualTo("1");
    }

    @Test
    void refusesAKeyThatMeantAnotherMessage() {
        // given
        var user = door.guest();
        var session = user.begin("plain");
        var other = user.begin("plain");
        user.say(session, "Hello", "key-1");
        var before = door.fingerprint();

        // when
        var otherText = user.say(session, "Bye", "key-1");
        var otherSession = user.say(other, "Hello", "key-1");

        // then
        otherText.assertProblem(ProblemCode.IDEMPOTENCY_CONFLICT);
        otherSession.assertProblem(ProblemCode.IDEMPOTENCY_CONFLICT);
        assertThat(door.fingerprint()).isEqualTo(before);
    }

    @Test
    void keepsTheKeysOfUsersApart() {
        // given
        var asha = door.guest();
        var ravi = door.guest();

        // when
        var first = asha.say(asha.begin("plain"), "Hello", "key-1");
        var second = ravi.say(ravi.begin("plain"), "Hello", "key-1");

        // then
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.text("id")).isNotEqualTo(first.text("id"));
    }

    @Test
    void refusesASecondMessageInFlightAndNamesTheFirst() {
        // given
        var user = door.guest();
        var session = user.begin("plain");
        var first = user.say(session, "Hello").text("id");
        var before = door.fingerprint();

        // when
        var second = user.say(session, "Hello?");

        // then
        second.assertProblem(ProblemCode.TURN_IN_PROGRESS);
        assertThat(second.text("message_id")).isEqualTo(first);
        assertThat(second.json().path("links").path("cancel").asString())
                .isEqualTo("/v1/messages/" + first + "/cancel");
        assertThat(door.fingerprint()).isEqualTo(before);
    }

    @Test
    void refusesWhatTheWalletDoesNotCover() {
        // given
        var user = door.stranger();
        var session = user.begin("plain");
        user.topUp(PRICE_MICROS - 1);
        var before = door.fingerprint();

        // when
        var answer = user.say(session, "Hello");

        // then
        answer.assertProblem(ProblemCode.PAYMENT_REQUIRED);
        assertThat(answer.json().path("needed_micros").asLong()).isEqualTo(PRICE_MICROS);
        assertThat(door.fingerprint()).isEqualTo(before);
    }

    @Test
    void reservesThePriceUntilTheTurnEnds() {
        // given
        var user = door.stranger();
        var session = user.begin("plain");
        user.topUp(PRICE_MICROS);

        // when
        var accepted = user.say(session, "Hello");

        // then
        assertThat(accepted.status()).isEqualTo(202);
        var wallet = user.get("/v1/wallet").json();
        assertThat(wallet.path("held_micros").asLong()).isEqualTo(PRICE_MICROS);
        assertThat(wallet.path("available_micros").asLong()).isZero();
    }

    @Test
    void asksForWhatTheBotRequires() {
        // given
        var user = door.stranger();
        var session = user.begin("mira");
        var before = door.fingerprint();

        // when
        var answer = user.say(session, "Hello");

        // then
        answer.assertProblem(ProblemCode.PROFILE_INCOMPLETE);
        assertThat(answer.json().path("missing").path(0).asString()).isEqualTo("birth");
        assertThat(door.fingerprint()).isEqualTo(before);
    }

    @Test
    void refusesWhereNobodyAnswers() {
        // given
        var user = door.guest();
        var closed = user.begin("plain");
        user.send(HttpMethod.DELETE, "/v1/sessions/" + closed, null, Map.of());
        var hollow = user.begin("hollow");
        var paused = user.begin("fickle");
        door.execute("update chat.bots set status = 'paused' where slug = 'fickle'");
        var before = door.fingerprint();

        // when
        var inClosed = user.say(closed, "Hello");
        var toHollow = user.say(hollow, "Hello");
        var toPaused = user.say(paused, "Hello");

        // then
        inClosed.assertProblem(ProblemCode.SESSION_CLOSED);
        toHollow.assertProblem(ProblemCode.BOT_NOT_CONFIGURED);
        toPaused.assertProblem(ProblemCode.BOT_NOT_AVAILABLE);
        assertThat(door.fingerprint()).isEqualTo(before);
    }

    @Test
    void makesOneTurnOfFiftyRepeatsAtOnce() {
        // given
        var user = door.guest();
        var session = user.begin("plain");

        // when
        var answers = atOnce(user, session, "the-one-key");

        // then
        assertThat(answers).extracting(Answer::status).containsOnly(202);
        assertThat(answers)
                .extracting(answer -> answer.text("id"))
                .hasSize(50)
                .containsOnly(answers.getFirst().text("id"));
        assertThat(turnsOf(session)).isEqualTo("1");
        assertThat(user.get("/v1/wallet").json().path("held_micros").asLong())
                .isEqualTo(PRICE_MICROS);
    }

    @Test
    void acceptsOneOfFiftyMessagesAtOnce() {
        // given
        var user = door.guest();
        var session = user.begin("plain");

        // when
        var answers = atOnce(user, session, null);

        // then
        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 202)
                .hasSize(49)
                .allSatisfy(answer -> answer.assertProblem(ProblemCode.TURN_IN_PROGRESS));
        assertThat(turnsOf(session)).isEqualTo("1");
        assertThat(user.get("/v1/wallet").json().path("held_micros").asLong())
                .isEqualTo(PRICE_MICROS);
    }

    private static List<Answer> atOnce(User user, String session, @Nullable String key) {
        return Flux.fromStream(IntStream.range(0, 50).boxed())
                .flatMap(
                        n ->
                                user.later(
                                        HttpMethod.POST,
                                        "/v1/sessions/" + session + "/messages",
                                        "{\"text\": \"Hello\"}",
                                        key == null ? Map.of() : Map.of("Idempotency-Key", key)),
                        50)
                .collectList()
                .blockOptional()
                .orElseThrow();
    }

    private String turnsOf(String session) {
        return door.query("select count(*) from chat.turns where session_id = '" + session + "'");
    }
}
