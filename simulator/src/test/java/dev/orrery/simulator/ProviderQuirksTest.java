package dev.orrery.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.simulator.RawCall.End;
import dev.orrery.simulator.RawCall.Heard;
import dev.orrery.simulator.wire.Client;
import dev.orrery.simulator.wire.Spent;
import dev.orrery.simulator.wire.Told;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every oddity that a stream can have and yet go on to its end, with every provider, as a client
 * that knows the provider's documents reads it from the wire.
 */
@ParameterizedClass
@MethodSource("clients")
class ProviderQuirksTest extends EveryProvider {

    ProviderQuirksTest(Client client) {
        super(client);
    }

    @Test
    void oneEventBetweenGoodOnesCannotBeRead() throws IOException {
        // given
        Heard good = with.stream("sim/6-tokens");

        // when
        Heard heard = with.stream("sim/6-tokens+broken-event-after-2");

        // then
        assertThat(heard.packets()).hasSize(good.packets().size() + 1);
        assertThat(with.events(heard)).hasSameSizeAs(with.events(good));
        assertThat(with.texts(heard)).isEqualTo(with.texts(good));
        assertThat(with.isEnded(heard)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"length", "TIRED"})
    void theReasonToFinishIsAnother(String reason) throws IOException {
        // when
        Heard heard = with.stream("sim/4-tokens+finish-" + reason);

        // then
        assertThat(with.texts(heard)).hasSize(4);
        assertThat(with.finishes(heard))
                .containsExactly(reason.equals("length") ? client.length() : reason);
        assertThat(with.isEnded(heard)).isTrue();
    }

    @Test
    void aPromptIsRefused() throws IOException {
        // when
        Heard heard = with.stream("sim/blocked-prompt");

        // then
        assertThat(with.texts(heard)).isEmpty();
        assertThat(with.finishes(heard)).containsExactly(client.filtered());
    }

    @Test
    void onePieceOfTextIsEnormous() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+enormous-event-256-kib");

        // then
        assertThat(with.texts(heard)).hasSize(3).anyMatch(text -> text.length() >= 256 << 10);
        assertThat(with.finishes(heard)).containsExactly(client.stop());
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty-answer", "null-content"})
    void aFinishComesWithoutAnyText(String fault) throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+" + fault);

        // then
        assertThat(with.texts(heard)).isEmpty();
        assertThat(with.finishes(heard)).containsExactly(client.stop());
        assertThat(with.isEnded(heard)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing-keys", "empty-choices"})
    void eventsLackWhatTheClientLooksFor(String fault) throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+" + fault);

        // then
        assertThat(with.events(heard)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(with.texts(heard)).isEmpty();
        assertThat(with.finishes(heard)).isEmpty();
        assertThat(heard.end()).isEqualTo(End.COMPLETE);
    }

    @Test
    void tokensAreNotStatedAnywhere() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+no-usage");

        // then
        assertThat(with.texts(heard)).hasSize(3);
        assertThat(with.spent(heard)).isEmpty();
        assertThat(heard.text())
                .doesNotContain("prompt_tokens", "put_tokens", "putTokens", "TokenCount");
        assertThat(with.isEnded(heard)).isTrue();
    }

    @Test
    void tokensAreStatedTwice() throws IOException {
        Spent spent = new Spent(PROMPT, 0, 3);
        assertThat(with.spent(with.stream("sim/3-tokens+usage-twice")))
                .containsExactly(spent, spent);
    }

    @Test
    void theFinishComesTwice() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+finish-twice");

        // then
        assertThat(with.finishes(heard)).containsExactly(client.stop(), client.stop());
        assertThat(with.spent(heard)).contains(new Spent(PROMPT, 0, 3));
    }

    @Test
    void moreTextComesAfterTheFinish() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+text-after-finish");

        // then
        List<Told> afterFinish =
                with.events(heard).stream()
                        .dropWhile(event -> client.finish(event) == null)
                        .toList();
        assertThat(afterFinish).anyMatch(event -> client.text(event) != null);
        assertThat(with.texts(heard)).hasSize(4);
    }

    @Test
    void aSignOfLifeStandsBeforeEveryPiece() throws IOException {
        // given
        Heard good = with.stream("sim/3-tokens");

        // when
        Heard heard = with.stream("sim/3-tokens+comments");

        // then
        assertThat(client.signsOfLife(heard.bytes()))
                .isEqualTo(client.signsOfLife(good.bytes()) + 3);
        assertThat(with.texts(heard)).hasSize(3);
    }

    @Test
    void theContentTypeIsWrong() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+wrong-content-type");

        // then
        assertThat(heard.headers().get("content-type")).startsWith("text/plain");
        assertThat(with.texts(heard)).hasSize(3);
    }

    @Test
    void aByteOfTheTextIsNoUtf8() throws IOException {
        // when
        Heard heard = with.stream("sim/3-tokens+invalid-utf8");

        // then
        assertThat(heard.bytes()).contains((byte) 0xFF);
        assertThat(with.texts(heard)).hasSize(3).first().asString().endsWith("\uFFFD");
        assertThat(with.isEnded(heard)).isTrue();
    }
}
