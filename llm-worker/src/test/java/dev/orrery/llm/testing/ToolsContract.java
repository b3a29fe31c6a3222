package dev.orrery.llm.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.llm.model.ChatModel;
import dev.orrery.llm.model.Conversation.Message;
import dev.orrery.llm.model.ModelChunk.ToolFragment;
import dev.orrery.llm.model.Prompt;
import dev.orrery.llm.model.ToolCall;
import dev.orrery.llm.model.ToolChoice;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * What every adapter tells a model of tools: which were called, what came of it, and whether it may
 * or must ask for one. {@link AdapterBench} has what is asked of it here.
 */
public interface ToolsContract {

    PlayedAnswer answering(String... texts);

    PlayedAnswer calling();

    ToolForms toolForms();

    PlayedProvider provider();

    ChatModel model();

    Heard hear(PlayedAnswer answer);

    @Test
    default void tellsWhatWasCalledAndWhatCameOfIt() {
        // when
        var asked = asked(Prompts.rounds(ToolChoice.Mode.AUTO));

        // then
        assertThat(asked.at(toolForms().saidAt())).isEqualTo(Json.of(toolForms().said()));
    }

    @Test
    default void tellsTheSameWhereTheAnswerIsToComeWhole() {
        // given
        var streamed = Prompts.rounds(ToolChoice.Mode.AUTO);
        var whole =
                new Prompt(streamed.model(), null, streamed.conversation(), Prompts.CONNECT, false);

        // when
        var asked = asked(whole);

        // then
        assertThat(asked.at(toolForms().saidAt())).isEqualTo(Json.of(toolForms().said()));
    }

    @Test
    default void saysNothingOfToolsThatTheModelMayCallAsItSeesFit() {
        // when
        var asked = asked(Prompts.rounds(ToolChoice.Mode.AUTO));

        // then
        assertThat(asked.at(toolForms().choiceAt()).isMissingNode()).isTrue();
    }

    @Test
    default void saysThatAToolHasToBeCalled() {
        // when
        var asked = asked(Prompts.rounds(ToolChoice.Mode.REQUIRED));

        // then
        assertThat(asked.at(toolForms().choiceAt())).isEqualTo(Json.of(toolForms().required()));
    }

    @Test
    default void saysWhichToolHasToBeCalled() {
        // when
        var asked = asked(Prompts.rounds(new ToolChoice.Named("get_weather")));

        // then
        assertThat(asked.at(toolForms().choiceAt())).isEqualTo(Json.of(toolForms().named()));
    }

    @Test
    default void saysThatNoToolMayBeCalledWhereThereIsAWordForIt() {
        // when
        var asked = asked(Prompts.rounds(ToolChoice.Mode.NONE));

        // then
        var none = toolForms().none();
        var said = asked.at(toolForms().choiceAt());
        assertThat(said.isMissingNode() ? null : said)
                .isEqualTo(none == null ? null : Json.of(none));
        assertThat(asked.at(toolForms().saidAt())).isEqualTo(Json.of(toolForms().said()));
    }

    @Test
    default void sendsACallOfItsModelBackWithWhatCameOfIt() {
        // given
        var call = joined(hear(calling()));

        // when
        var heard = sentBack(call);

        // then
        assertThat(heard.failure()).isNull();
        assertThat(heard.text()).isEqualTo("Rain.");
        assertThat(provider().asked().getLast().body())
                .contains("get_weather", "It rains.", "Oslo");
    }

    private Heard sentBack(ToolCall call) {
        provider().playing(answering("Rain."));
        return Heard.of(
                model().stream(
                        Prompts.toolsOf(
                                ToolChoice.Mode.AUTO,
                                Prompts.user("Weather?"),
                                Message.calling("", call),
                                Message.result(call.id(), "It rains."))));
    }

    private static ToolCall joined(Heard heard) {
        var fragments = heard.fragments();
        return new ToolCall(
                fragments.stream()
                        .map(ToolFragment::id)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow(),
                fragments.stream()
                        .map(ToolFragment::name)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow(),
                fragments.stream().map(ToolFragment::arguments).collect(Collectors.joining()));
    }

    private JsonNode asked(Prompt prompt) {
        provider().playing(answering("Hi"));
        Heard.of(model().stream(prompt));
        return Json.of(requireNonNull(provider().asked().getLast()).body());
    }
}
