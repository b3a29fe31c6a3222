package dev.orrery.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.ContextAssembled;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.ReplyEvent;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.fallback.ChainStep;
import dev.orrery.pipeline.fallback.ChainWish;
import dev.orrery.pipeline.fallback.FallbackRules;
import dev.orrery.pipeline.fallback.FallbackSettings;
import dev.orrery.pipeline.fallback.RegionWish;
import dev.orrery.pipeline.profiles.Profile;
import dev.orrery.pipeline.prompt.Messages;
import dev.orrery.pipeline.prompt.Prompt;
import dev.orrery.pipeline.prompt.PromptHash;
import dev.orrery.pipeline.prompt.PromptKind;
import dev.orrery.pipeline.prompt.PromptOptions;
import dev.orrery.pipeline.prompt.variables.Bot;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.prompt.revisions.Chain;
import dev.orrery.prompt.revisions.Revision;
import dev.orrery.prompt.revisions.Timeouts;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The flow against readers that are scripted, so that nothing but it can be wrong. */
class PromptFlowTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final UUID BOT = UUID.randomUUID();

    private static final Bot NOVA =
            new Bot("Nova", "A guide to the sky.", "An observatory at night.", Bot.DEFAULT_ZONE);

    private static final String PROFILE = "{\"name\": \"Asha\", \"country\": \"DE\"}";
    private static final FallbackRules NO_RULES =
            new FallbackRules(List.of(), FallbackSettings.DEFAULT);

    private final Map<UUID, Revision> revisions = new java.util.HashMap<>();
    private final List<Exchange> history = new ArrayList<>();
    private final List<String> askedOfHistory = new ArrayList<>();
    private final List<String> askedOfMemories = new ArrayList<>();
    private final List<Thread> renderedOn = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private final PromptFlow flow =
            new PromptFlow(
                    id -> Mono.justOrEmpty(revisions.get(id)),
                    id -> id.equals(BOT) ? Mono.just(NOVA) : Mono.empty(),
                    (user, version) ->
                            Mono.just(new Profile(JsonMapper.shared().readTree(PROFILE))),
                    (session, sequence, window) -> {
                        askedOfHistory.add(
                                sequence + " " + window.mostTurns() + " " + window.mostBytes());
                        return Mono.just(List.copyOf(history));
                    },
                    (user, upTo) -> {
                        askedOfMemories.add(user + " " + upTo);
                        return Mono.just(List.of("Likes {{bot_name}}"));
                    },
                    new Rendering(this::steps, meters));

    /** Asked while a prompt is rendered. */
    private List<ChainStep> steps(ChainWish wish) {
        renderedOn.add(Thread.currentThread());
        return NO_RULES.plan(wish).steps();
    }

    private UUID revision(String template, int historyTurns, int promptTokenLimit) {
        var wish = ChainWish.of("openai", "a", 0).then(List.of(ChainStep.of("groq", "b")));
        return revision(template, wish, historyTurns, promptTokenLimit);
    }

    private UUID revision(String template, ChainWish wish, int historyTurns, int promptTokenLimit) {
        return revision(
                Prompt.of(PromptKind.TEMPLATE, template),
                PromptOptions.NONE,
                wish,
                historyTurns,
                promptTokenLimit);
    }

    private UUID document(String source, String metadata) {
        return revision(
                Prompt.of(PromptKind.STRUCTURED, source),
                PromptOptions.of(JsonMapper.shared().readTree(metadata)),
                ChainWish.of("openai", "a", 0),
                20,
                16_000);
    }

    private UUID revision(
            Prompt prompt,
            PromptOptions options,
            ChainWish wish,
            int historyTurns,
            int promptTokenLimit) {
        var id = UUID.randomUUID();
        revisions.put(
                id,
                new Revision(
                        prompt,
                        options,
                        new Chain(wish, Timeouts.DEFAULT),
                        historyTurns,
                        promptTokenLimit,
                        0.7,
                        null,
                        40,
                        500));
        return id;
    }

    private UUID revision(String template) {
        return revision(template, 20, 16_000);
    }

    private static Event<ContextAssembled> context(UUID revision, int sequence, Fact... facts) {
        var turn = Contexts.turn(revision, BOT).setSequence(sequence).build();
        return Contexts.of(turn, "Will it rain, {{bot_name}}?", facts);
    }

    private List<Event<?>> handle(Event<ContextAssembled> context) {
        return Objects.requireNonNull(flow.handle(context).collectList().block(PATIENCE));
    }

    private PromptRendered prompt(Event<ContextAssembled> context) {
        return (PromptRendered) handle(context).getLast().value();
    }

    @Test
    void announcesTheStageAndEmitsOnePromptInTheSession() {
        // given
        var context = context(revision("You are {{bot_name}}."), 1);

        // when
        var events = handle(context);

        // then
        assertThat(events)
                .extracting(Event::topic)
                .isEqualTo(List.of(Topics.CHAT_REPLIES, Topics.CHAT_PROMPTS));
        assertThat(((ReplyEvent) events.getFirst().value()).getStage()).isEqualTo("prompt");
        assertThat(events.getLast().key()).isEqualTo(context.value().getTurn().getSessionId());
        assertThat(events.getLast().context().causationId()).isEqualTo(context.context().id());
    }

    @Test
    void rendersAwayFromTheThreadThatTheLastAnswerCameOn() {
        // given
        history.add(new Exchange("Hi", "Namaste"));

        // when
        handle(context(revision("You are {{bot_name}}."), 2));

        // then
        assertThat(renderedOn).hasSize(1).doesNotContain(Thread.currentThread());
    }

    @Test
    void rendersWhatTheModelWillSee() {
        // given
        history.add(new Exchange("Hi {{user_name}}", "Namaste"));
        var context =
                context(revision("You are {{bot_name}}. {{user_name}} says: {{user_message}}"), 2);

        // when
        var prompt = prompt(context);

        // then
        assertThat(prompt.getSystemInstruction())
                .isEqualTo("You are Nova. Asha says: Will it rain, {{bot_name}}?");
        assertThat(prompt.getMessages())
                .containsExactly(
                        Messages.user("Hi {{user_name}}"),
                        Messages.assistant("Namaste"),
                        Messages.user("Will it rain, {{bot_name}}?"));
        assertThat(prompt.getTurn()).isEqualTo(context.value().getTurn());
    }

    @Test
    void givesTheWholeChainTheOneSystemInstructionAndTheRevisionsSampling() {
        // when
        var prompt = prompt(context(revision("Hi"), 1));

        // then
        assertThat(prompt.getAttempts())
                .extracting(PlannedAttempt::getProvider)
                .containsExactly("openai", "groq");
        assertThat(prompt)
                .returns(0.7, PromptRendered::getTemperature)
                .returns(null, PromptRendered::getTopP)
                .returns(40, PromptRendered::getTopK)
                .returns(500, PromptRendered::getMaxOutputTokens);
    }

    @Test
    void asksInTheRegionsThatAreNearTheUser() {
        // given
        var wish = ChainWish.of("bedrock", "m", 0).in(RegionWish.all(null, null));

        // when
        var prompt = prompt(context(revision("Hi", wish, 20, 16_000), 1));

        // then
        assertThat(prompt.getAttempts())
                .extracting(PlannedAttempt::getProvider, PlannedAttempt::getRegion)
                .containsExactly(
                        tuple("bedrock", "eu-west-1"),
                        tuple("bedrock", "us-east-1"),
                        tuple("gemini", null));
    }

    @Test
    void saysTheSameByteForByteUnderTheSameIdsWhenTheContextComesAgain() throws IOException {
        // given
        history.add(new Exchange("Hi", "Namaste"));
        var template =
                "{{random_number_1_4}} {{current_time}} {{current_date}} {{day_of_week}} {{conversation_history}}";
        var context = context(revision(template), 2);
        var first = handle(context);

        // when
        var second = handle(context);

        // then
        assertThat(ids(second)).isEqualTo(ids(first)).doesNotHaveDuplicates();
        for (int i = 0; i < first.size(); i++) {
            assertThat(second.get(i).value()).isEqualTo(first.get(i).value());
        }
        var prompts =
                List.of(
                        (PromptRendered) first.getLast().value(),
                        (PromptRendered) second.getLast().value());
        assertThat(prompts.getFirst().toByteBuffer()).isEqualTo(prompts.getLast().toByteBuffer());
        assertThat(prompts.getFirst().getPromptHash())
                .isEqualTo(
                        PromptHash.of(
                                prompts.getLast().getSystemInstruction(),
                                prompts.getLast().getMessages()));
    }

    private static List<UUID> ids(List<Event<?>> events) {
        return events.stream().map(event -> event.context().id()).toList();
    }

    @Test
    void asksForNoHistoryOfTheFirstTurn() {
        // when
        prompt(context(revision("Hi"), 1));

        // then
        assertThat(askedOfHistory).isEmpty();
    }

    @Test
    void asksForNoHistoryThatWouldNotBeShown() {
        // when
        prompt(context(revision("Hi", 0, 16_000), 5));
        prompt(context(revision("Hi!!!", 20, 8), 5)); // 32 bytes: these 5 and the message's 27

        // then
        assertThat(askedOfHistory).isEmpty();
    }

    @Test
    void asksForAsMuchHistoryAsTheRevisionAllows() {
        // given
        var context = context(revision("Hi", 7, 100), 5);
        long left = 400 - "Hi".length() - context.value().getText().length();

        // when
        prompt(context);

        // then
        assertThat(askedOfHistory).containsExactly("5 7 " + left);
    }

    @Test
    void statesTheFacts() {
        // given
        var chart =
                Fact.newBuilder()
                        .setKind("birth_chart")
                        .setState(FactState.FRESH)
                        .setLayer(CacheLayer.API)
                        .setText("Moon in {{user_name}}")
                        .build();

        // when
        var prompt = prompt(context(revision("{{user_astro_data}}|{{user_name}}"), 1, chart));

        // then
        assertThat(prompt.getSystemInstruction()).isEqualTo("Moon in {{user_name}}|Asha");
    }

    @Test
    void countsTheNamesItDoesNotKnowAndLeavesThem() {
        // when
        var prompt =
                prompt(context(revision("{{typo}} {{typo}} {{ user_name }} {{user_name}}"), 1));

        // then
        assertThat(prompt.getSystemInstruction())
                .isEqualTo("{{typo}} {{typo}} {{ user_name }} Asha");
        assertThat(meters.counter("orrery.prompt.unknown.placeholders").count()).isEqualTo(2);
    }

    @Test
    void rendersADocumentWithWhatIsRemembered() {
        // given
        var revision =
                document(
                        "Role: You are {{bot_name}}.\nPast User Memories: {$memories: all}",
                        "{\"fence_user_values\": false}");

        // when
        var prompt = prompt(context(revision, 1));

        // then
        assertThat(prompt.getSystemInstruction())
                .isEqualTo("Role: You are Nova.\nPast User Memories:\n- Likes {{bot_name}}\n");
        assertThat(askedOfMemories).containsExactly("asha " + Contexts.ACCEPTED);
    }

    @Test
    void asksForNoMemoriesThatWouldNotBeShown() {
        // when
        prompt(context(revision("{{user_name}}"), 1));
        prompt(context(document("Role: {$role: guide.}", "{}"), 1));

        // then
        assertThat(askedOfMemories).isEmpty();
    }

    @Test
    void fencesWhatUsersSayWhereTheRevisionAsksForIt() {
        // given
        var revision = document("a: \"{{user_name}}\"", "{\"fence_user_values\": true}");

        // when
        var prompt = prompt(context(revision, 1));

        // then
        assertThat(prompt.getSystemInstruction())
                .matches("a: <user_name (\\w{8})>Asha</user_name \\1>\n");
    }

    @Test
    void countsNoNameThatTheRevisionAdds() {
        // given
        var revision =
                document("a: \"{{custom.mood}} {{no}}\"", "{\"custom\": {\"mood\": \"calm\"}}");

        // when
        var prompt = prompt(context(revision, 1));

        // then
        assertThat(prompt.getSystemInstruction()).isEqualTo("a: calm {{no}}\n");
        assertThat(meters.counter("orrery.prompt.unknown.placeholders").count()).isEqualTo(1);
    }

    @Test
    void failsForGoodWithoutTheRevisionOrTheBot() {
        // given
        var noRevision = context(UUID.randomUUID(), 1);
        var noBot = Contexts.of(Contexts.turn(revision("Hi"), UUID.randomUUID()).build(), "Hello");

        // then
        for (var context : List.of(noRevision, noBot)) {
            assertThatThrownBy(() -> handle(context))
                    .isInstanceOfSatisfying(
                            StageFailure.Permanent.class,
                            failure -> assertThat(failure.code()).isEqualTo(FailureCode.INTERNAL))
                    .hasMessageContaining("is not there");
        }
    }

    @Test
    void leavesOutTheOldestTurnsThatTheLimitHasNoRoomForBesideTheMemories() {
        // given
        history.add(new Exchange("a".repeat(100), "b".repeat(100)));
        history.add(new Exchange("c".repeat(20), "d".repeat(20)));
        var system = "a:\n- Likes {{bot_name}}\n";
        var message = "Will it rain, {{bot_name}}?";
        int bytes = system.length() + 40 + message.length();
        var revision =
                revision(
                        Prompt.of(PromptKind.STRUCTURED, "a: {$memories: all}"),
                        PromptOptions.NONE,
                        ChainWish.of("openai", "a", 0),
                        20,
                        Math.ceilDiv(bytes, 4));

        // when
        var prompt = prompt(context(revision, 3));

        // then
        assertThat(prompt.getSystemInstruction()).isEqualTo(system);
        assertThat(prompt.getMessages())
                .extracting(PromptMessage::getContent)
                .containsExactly("c".repeat(20), "d".repeat(20), message);
        assertThat(prompt.getPromptHash())
                .isEqualTo(PromptHash.of(prompt.getSystemInstruction(), prompt.getMessages()));
    }

    @Test
    void failsForGoodAboveTheLimitThatTheTurnsPriceWasSecuredFor() {
        // given
        history.add(new Exchange("Hi", "Namaste"));
        var context = context(revision("{{bot_description}}", 20, 11), 2);

        // then 19 of the description and 27 of the message are 46 bytes
        assertThatThrownBy(() -> handle(context))
                .isInstanceOfSatisfying(
                        StageFailure.Permanent.class,
                        failure ->
                                assertThat(failure.code()).isEqualTo(FailureCode.PROMPT_TOO_LONG))
                .hasMessage("prompt: about 12 tokens (expected: at most the revision's 11)");
        assertThat(prompt(context(revision("{{bot_description}}", 20, 12), 2)).getMessages())
                .hasSize(1);
    }
}
