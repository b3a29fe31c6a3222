package dev.orrery.tools.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.tools.door.ScriptedDoor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A conversation in the terminal, with a door that answers as it is told to. */
class ChatTest {

    private static final String ANSWER_FROM_ITS_BEGINNING =
            """
            id:0
            event:accepted
            data:{"message_id":"m-1"}

            id:1000000
            event:delta
            data:{"text":"Good "}

            """;

    private static final String REST_OF_THE_ANSWER =
            """
            id:1000001
            event:delta
            data:{"text":"evening."}

            id:1000002
            event:completed
            data:{"provider":"openai","model":"gpt","charge":{"micros":5000000,"currency":"INR"}}

            """;

    @TempDir private Path directory;

    private ScriptedDoor door;

    @BeforeEach
    void open() throws IOException {
        door = new ScriptedDoor();
    }

    @AfterEach
    void close() {
        door.close();
    }

    @Test
    void showsAReplyAndWhatItCost() throws IOException {
        // given
        door.answerMessageWith(200, ANSWER_FROM_ITS_BEGINNING + REST_OF_THE_ANSWER);

        // when
        var shown = typed("Good day\n/quit\n");

        // then
        assertThat(shown).contains("Good evening.", "[openai/gpt, 5.00 INR]");
        assertThat(door.messages()).containsExactly("{\"text\":\"Good day\"}");
    }

    @Test
    void showsWhatCameOfACallForATool() throws IOException {
        // given
        door.answerMessageWith(
                200,
                """
                id:1000000
                event:tool_call
                data:{"id":"call_1_1","name":"get_weather","arguments":{"city":"Oslo"},"state":"called"}

                id:1000001
                event:tool_call
                data:{"id":"call_1_1","name":"get_weather","arguments":{"city":"Oslo"},"state":"answered"}

                """
                        + REST_OF_THE_ANSWER);

        // when
        var shown = typed("Good day\n/quit\n");

        // then
        assertThat(shown)
                .containsOnlyOnce("get_weather")
                .contains("[get_weather {\"city\":\"Oslo\"}: answered]");
    }

    @Test
    void beginsWithWhatTheBotSaysFirst() throws IOException {
        // given
        door.beginSessionsWith("Namaste Asha!");

        // when
        var shown = typed("/quit\n");

        // then
        assertThat(shown).contains("Ctrl-D ends.\n\nNamaste Asha!\n\n> ");
    }

    @Test
    void staysSilentWhereTheBotWaitsToBeAsked() throws IOException {
        assertThat(typed("/quit\n")).contains("Ctrl-D ends.\n\n> ");
    }

    @Test
    void resumesAReplyWhoseConnectionBroke() throws IOException {
        // given
        door.answerMessageWith(200, ANSWER_FROM_ITS_BEGINNING);
        door.answerResumptionWith(200, REST_OF_THE_ANSWER);

        // when
        var shown = typed("Good day\n/quit\n");

        // then
        assertThat(shown).contains("Good  [resuming] evening.");
        assertThat(door.resumedBehind()).containsExactly("m-1 behind 1000000");
    }

    @Test
    void showsARefusalAndGoesOn() throws IOException {
        // given
        door.answerMessageWith(
                402, "{\"code\":\"payment_required\",\"title\":\"Your balance is too low.\"}");

        // when
        var shown = typed("Good day\n/wallet\n/quit\n");

        // then
        assertThat(shown)
                .contains("Your balance is too low. (402 payment_required)")
                .contains("990.50 INR left, 5.00 INR of them held");
    }

    @Test
    void goesOnWhenTheWalletCannotBeShownAtTheMoment() throws IOException {
        // given
        door.answerMessageWith(200, ANSWER_FROM_ITS_BEGINNING + REST_OF_THE_ANSWER);
        door.answerWalletWith(503, "{\"code\":\"unavailable\",\"title\":\"Try again later.\"}");

        // when
        var shown = typed("/wallet\nGood day\n/quit\n");

        // then
        assertThat(shown).contains("Try again later. (503 unavailable)", "Good evening.");
    }

    @Test
    void endsWithItsInput() throws IOException {
        // given
        var nothing = "";

        // when
        var shown = typed(nothing);

        // then
        assertThat(shown).startsWith("Talking to astrologer-mira.");
        assertThat(door.messages()).isEmpty();
    }

    @Test
    void saysWhatToStartWhenNothingRuns() {
        // given
        var error = new ByteArrayOutputStream();
        var command =
                new CommandLine(
                        new Chat(
                                new ByteArrayInputStream(new byte[0]),
                                new ByteArrayOutputStream()));
        command.setErr(new PrintWriter(error, true, StandardCharsets.UTF_8));

        // when
        int exit = command.execute("--env", directory.resolve("absent.env").toString());

        // then
        assertThat(exit).isNotZero();
        assertThat(error.toString(StandardCharsets.UTF_8))
                .contains("absent.env does not exist: start Orrery first, with ./orrery up");
    }

    /** What the terminal shows when this is typed. */
    private String typed(String input) throws IOException {
        var environment =
                Files.writeString(
                        directory.resolve("demo.env"),
                        "ORRERY_URL='%s'%nORRERY_USER_TOKEN='token'%n".formatted(door.address()));
        var out = new ByteArrayOutputStream();
        var chat = new Chat(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out);
        assertThat(new CommandLine(chat).execute("--env", environment.toString())).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}
