package dev.orrery.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.orrery.embedded.testing.SharedServers;
import dev.orrery.events.ContextAssembled;
import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.events.SummaryRef;
import dev.orrery.events.TurnRef;
import dev.orrery.pipeline.consume.Tailed;
import dev.orrery.pipeline.consume.TopicTail;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.fallback.ChainWish;
import dev.orrery.pipeline.fallback.Fallbacks;
import dev.orrery.pipeline.publish.Publisher;
import dev.orrery.prompt.summaries.Outcomes;
import dev.orrery.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The app as a whole, told nothing but its environment: real broker, registry and PostgreSQL. */
class PromptWorkerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static PromptDatabase database;
    private static DisposableServer gateway;
    private static ConfigurableApplicationContext app;
    private static UUID bot;
    private static String user;

    @BeforeAll
    static void start() throws SQLException {
        database = new PromptDatabase();
        bot = database.bot("Mira", "{}");
        user = database.person("{\"name\": \"Asha\"}");
        gateway = gateway();
        app =
                PromptWorker.app()
                        .run(
                                "--server.port=0",
                                "--orrery.kafka.partitions=1",
                                "--orrery.stage.drain=1s",
                                "--orrery.fallback.refresh=100ms",
                                "--ORRERY_GATEWAY_URL=http://127.0.0.1:" + gateway.port(),
                                "--ORRERY_GATEWAY_KEY=" + "a-key-of-thirty-two-bytes-at-least!",
                                "--KAFKA_BOOTSTRAP_SERVERS="
                                        + SharedServers.kafka().bootstrapServers(),
                                "--SCHEMA_REGISTRY_URL=" + SharedServers.registry().url(),
                                "--DATABASE_URL=" + database.url());
    }

    @AfterAll
    static void stop() throws SQLException {
        app.close();
        gateway.disposeNow();
        database.close();
    }

    /** One that sums everything up in the same words. */
    private static DisposableServer gateway() {
        var answer =
                """
                {"request_id": "r", "provider": "openai", "model": "gpt-5-mini", "finish_reason": "stop",
                 "choices": [{"message": {"role": "assistant", "content": "Asha asked for rain."}}],
                 "usage": {"input_tokens": 70, "output_tokens": 5}}
                """;
        return HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .route(routes ->
                        routes.post(
                                "/v1/generate/",
                                (request, response) ->
                                        response.header("Content-Type", "application/json")
                                                .sendString(
                                                        request.receive()
                                                                .aggregate()
                                                                .asString()
                                                                .map(body -> answer))))
                .bindNow();
    }

    /** A turn that waits for its prompt, as the second one of a session. */
    private static TurnRef turn(UUID revision) throws SQLException {
        var session = database.session(user, bot);
        database.turn(session, revision, 1, "completed", "Hi", "Namaste");
        var turn = database.turn(session, revision, 2, "open", "Will it rain?", null);
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return Contexts.turn(revision, bot)
                .setTurnId(turn.toString())
                .setSessionId(session.toString())
                .setUserId(user)
                .setSequence(2)
                .setAcceptedAt(now)
                .setDeadline(now.plusSeconds(60))
                .build();
    }

    @Test
    void turnsAContextIntoThePromptThatAModelWillSee() throws SQLException {
        // given
        var revision =
                database.revision(
                        bot,
                        "You are {{bot_name}}. {{conversation_history}}",
                        "{\"fallbacks\": [{\"provider\": \"groq\", \"model\": \"llama\"}]}");
        var context = Contexts.of(turn(revision), "Will it rain?");

        // when
        publish(context);

        // then
        var prompt = promptOf(context);
        assertThat(prompt.context().causationId()).isEqualTo(context.context().id());
        assertThat(prompt.value().getSystemInstruction())
                .isEqualTo("You are Mira. user: Hi\nbot: Namaste");
        assertThat(prompt.value().getMessages())
                .extracting(PromptMessage::getContent)
                .containsExactly("Hi", "Namaste", "Will it rain?");
        assertThat(prompt.value().getAttempts())
                .extracting(PlannedAttempt::getProvider)
                .containsExactly("openai", "groq");
        assertThat(progressOf(context).getStage()).isEqualTo("prompt");
    }

    @Test
    void writesTheSamePromptUnderTheSameIdWhenTheContextComesAgain() throws SQLException {
        // given
        var context =
                Contexts.of(turn(database.revision(bot, "{{random_number_1_4}}", "{}")), "Hi");
        publish(context);
        publish(context);

        // when
        var prompts = promptsOf(context, 2);

        // then
        assertThat(prompts.getLast().context().id()).isEqualTo(prompts.getFirst().context().id());
        assertThat(prompts.getLast().value()).isEqualTo(prompts.getFirst().value());
    }

    @Test
    void followsARuleOfANewProviderWithoutARestart() throws SQLException {
        // given
        database.run(
                "insert into chat.providers (code, label, protocol) values ('newcomer', 'New', 'openai')");
        database.run(
                """
                insert into llm.fallback_rules (name, provider, steps)
                values ('newcomer', 'openai', '[{"provider": "newcomer", "model": "large"}]')
                """);
        await().atMost(PATIENCE).until(PromptWorkerTest::knowsTheNewcomer);
        var context = Contexts.of(turn(database.revision(bot, "Hi", "{}")), "Hi");

        // when
        publish(context);

        // then
        assertThat(promptOf(context).value().getAttempts())
                .extracting(PlannedAttempt::getProvider, PlannedAttempt::getModel)
                .containsExactly(
                        tuple("openai", "gpt-5-mini"),
                        tuple("newcomer", "large"),
                        tuple("gemini", "gemini-2.0-flash"));
    }

    private static boolean knowsTheNewcomer() {
        return app.getBean(Fallbacks.class).plan(ChainWish.of("openai", "gpt-5-mini", 1)).stream()
                .anyMatch(step -> step.provider().equals("newcomer"));
    }

    @Test
    void sumsUpALongSessionBesideItsTurnsAndGoesOnFromTheSummary() throws SQLException {
        // given
        var revision =
                database.revision(
                        bot,
                        "Notes: {{conversation_summary}}",
                        "{\"summary\": {\"every_turns\": 2}}",
                        2);
        var session = database.session(user, bot);
        for (int turn = 1; turn <= 3; turn++) {
            database.turn(session, revision, turn, "completed", "q" + turn, "a" + turn);
        }

        // when
        app.getBean(Publisher.class)
                .publish(Outcomes.completed(session, 3, revision, Instant.now()))
                .block(PATIENCE);

        // then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(summaryOf(session)).isEqualTo("1 3 Asha asked for rain."));
        database.letSummariesSettle();
        var fourth = database.turn(session, revision, 4, "open", "q4", null);
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var context =
                Contexts.of(
                        Contexts.turn(revision, bot)
                                .setTurnId(fourth.toString())
                                .setSessionId(session.toString())
                                .setUserId(user)
                                .setSequence(4)
                                .setAcceptedAt(now)
                                .setDeadline(now.plusSeconds(60))
                                .build(),
                        "q4");
        publish(context);
        var prompt = promptOf(context).value();
        assertThat(prompt.getSystemInstruction()).isEqualTo("Notes: Asha asked for rain.");
        assertThat(prompt.getMessages())
                .extracting(PromptMessage::getContent)
                .containsExactly("q4");
        assertThat(prompt.getSummary()).isEqualTo(new SummaryRef(1, 3));
    }

    private static String summaryOf(UUID session) throws SQLException {
        return database.query(
                "select version || ' ' || through_sequence || ' ' || text from chat.session_summaries where session_id = '"
                        + session
                        + "'");
    }

    @Test
    void failsTheTurnOfARevisionThatCannotBeUsedInFriendlyWordsAndGoesOn() throws SQLException {
        // given
        var malformed = turn(database.revision(bot, "Hi", "{\"fallbacks\": \"none\"}"));
        var next = Contexts.of(turn(database.revision(bot, "Hi", "{}")), "Hi");

        // when
        publish(Contexts.of(malformed, "Hi"));

        // then
        publish(next);
        assertThat(promptOf(next).value().getSystemInstruction()).isEqualTo("Hi");
        var turn = UUID.fromString(malformed.getTurnId());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(database.ending(turn)).isEqualTo("internal"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deadLettered("internal")).isEqualTo(1));
        var ending = endingOf(malformed).getEnding();
        assertThat(ending).isNotNull();
        assertThat(ending.getMessage())
                .startsWith("Something went wrong on our side.")
                .doesNotContain("fallbacks");
    }

    private static void publish(Event<ContextAssembled> context) {
        app.getBean(Publisher.class).publish(context).block(PATIENCE);
    }

    private static Event<PromptRendered> promptOf(Event<ContextAssembled> context) {
        return promptsOf(context, 1).getFirst();
    }

    private static List<Event<PromptRendered>> promptsOf(
            Event<ContextAssembled> context, int count) {
        return app.getBean(TopicTail.class)
                .tail(Topics.CHAT_PROMPTS, 0, 0L)
                .map(Tailed::event)
                .filter(event -> event.key().equals(context.key()))
                .take(count)
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static ReplyEvent progressOf(Event<ContextAssembled> context) {
        return reply(context.value().getTurn(), ReplyKind.PROGRESS);
    }

    private static ReplyEvent endingOf(TurnRef turn) {
        return reply(turn, ReplyKind.FAILED);
    }

    private static ReplyEvent reply(TurnRef turn, ReplyKind kind) {
        return app.getBean(TopicTail.class)
                .tail(Topics.CHAT_REPLIES, 0, 0L)
                .map(tailed -> tailed.event().value())
                .filter(reply -> reply.getTurnId().equals(turn.getTurnId()))
                .filter(reply -> reply.getKind() == kind)
                .next()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private static double deadLettered(String code) {
        return app.getBean(MeterRegistry.class)
                .counter("orrery.stage.dead.lettered", "stage", "prompt", "code", code)
                .count();
    }
}
