package dev.orrery.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.SummaryRef;
import dev.orrery.pipeline.event.Event;
import dev.orrery.pipeline.prompt.Messages;
import dev.orrery.pipeline.prompt.PromptHash;
import dev.orrery.pipeline.prompt.variables.Exchange;
import dev.orrery.pipeline.prompt.variables.Summary;
import dev.orrery.pipeline.stage.StageFailure;
import dev.orrery.prompt.summaries.Recalled;
import dev.orrery.topics.Topics;
import dev.orrery.turns.FailureCode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the flow tells of a turn: the prompt and its messages, and the same again. */
class PromptFlowTest extends ScriptedFlow {

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
    void rendersEveryTurnOnceAsItWasSaidOrSummedUp() {
        // given
        greeting = "Namaste!";
        history.add(new Exchange("q4", "a4"));
        history.add(new Exchange("q5", "a5"));
        history.add(new Exchange("q6", "a6"));
        recalled = Optional.of(new Recalled(new Summary(2, 4, "Four turns of {{bot_name}}."), 2));
        var revision =
                summarising(
                        "[{{conversation_summary}}][{{conversation_history}}]",
                        "{\"every_turns\": 2}");

        // when
        var prompt = prompt(context(revision, 7));

        // then
        assertThat(prompt.getSystemInstruction())
                .isEqualTo("[Four turns of {{bot_name}}.][user: q5\nbot: a5\nuser: q6\nbot: a6]");
        assertThat(prompt.getMessages())
                .extracting(PromptMessage::getContent)
                .containsExactly("q5", "a5", "q6", "a6", "Will it rain, {{bot_name}}?");
        assertThat(prompt.getSummary()).isEqualTo(new SummaryRef(2, 4));
        assertThat(askedOfSummaries)
                .containsExactly("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0002 7 " + Contexts.ACCEPTED);
    }

    @Test
    void saysTheSameByteForByteWithASummaryToo() throws IOException {
        // given
        history.add(new Exchange("q", "a"));
        recalled = Optional.of(new Recalled(new Summary(1, 2, "हिन्दी\nnotes"), 1));
        var context = context(summarising("{{conversation_summary}}", "{\"every_turns\": 2}"), 4);
        var first = prompt(context);

        // when
        var second = prompt(context);

        // then
        assertThat(second.toByteBuffer()).isEqualTo(first.toByteBuffer());
        assertThat(first.getSystemInstruction()).isEqualTo("हिन्दी\nnotes");
    }

    @Test
    void beginsWithTheGreetingWhileTheHistoryReachesBackToIt() {
        // given
        greeting = "Namaste, {{user_name}}!";
        var revision = revision("{{conversation_history}}", 2, 16_000);

        // when
        var first = prompt(context(revision, 1));
        var third = prompt(context(revision, 3));
        var fourth = prompt(context(revision, 4));

        // then
        assertThat(first.getSystemInstruction()).isEqualTo("bot: Namaste, {{user_name}}!");
        assertThat(first.getMessages())
                .containsExactly(
                        Messages.assistant("Namaste, {{user_name}}!"),
                        Messages.user("Will it rain, {{bot_name}}?"));
        assertThat(third.getMessages()).hasSize(2);
        assertThat(fourth.getMessages()).hasSize(1);
        assertThat(askedOfGreetings).hasValue(2);
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
}
