package dev.orrery.standalone;

import static dev.orrery.standalone.Replies.text;
import static dev.orrery.standalone.Replies.turnOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.orrery.tools.door.DoorRefused;
import dev.orrery.tools.door.ReplyPart;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The main job, through every topic and every worker, over real Kafka, PostgreSQL, Redis and HTTP.
 */
@ExtendWith(SharedOrrery.class)
class ConversationTest {

    private static final long PRICE = 5_000_000;

    private final RunningOrrery orrery;

    ConversationTest(RunningOrrery orrery) {
        this.orrery = orrery;
    }

    @Test
    void streamsAReplyThatIsPaidForOnce() throws Exception {
        // given
        try (var asha = orrery.person(20_000_000)) {

            // when
            var reply = asha.say("What does this week hold for me?");

            // then
            assertThat(reply)
                    .extracting(ReplyPart::name)
                    .startsWith("accepted", "progress", "progress", "progress", "delta");
            assertThat(reply.getLast().name()).isEqualTo("completed");
            assertThat(reply.getLast().data().path("text").asString())
                    .isEqualTo(text(reply))
                    .isNotBlank();
            assertThat(reply.getLast().data().path("charge").path("micros").asLong())
                    .isEqualTo(PRICE);
            asha.awaitWallet(20_000_000 - PRICE);
        }
    }

    @Test
    void keepsTheConversationOverSeveralTurns() throws Exception {
        // given
        try (var asha = orrery.person(100_000_000)) {
            asha.say("First question");
            asha.say("Second question");

            // when
            var third = asha.say("Third question");

            // then
            assertThat(third.getLast().name()).isEqualTo("completed");
            var history = asha.get("/v1/sessions/" + asha.session() + "/messages");
            assertThat(history.toString())
                    .contains("First question", "Second question", "Third question");
            asha.awaitWallet(100_000_000 - 3 * PRICE);
        }
    }

    @Test
    void helpsWhoIsInDangerForNothingAndGoesOnWithTheConversation() throws Exception {
        // given
        var reader =
                orrery.topics();
        try (var asha = orrery.person(20_000_000)) {

            // when
            var helped = asha.say("I want to kill myself");
            var next = asha.say("Which planet is strongest in my chart?");

            // then
            var end = helped.getLast();
            assertThat(end.name()).isEqualTo("completed");
            assertThat(end.data().path("text").asString())
                    .isEqualTo(text(helped))
                    .startsWith("Thank you for trusting me with this.");
            assertThat(end.data().path("provider").asString()).isEqualTo("orrery");
            assertThat(end.data().path("charge").path("micros").asLong()).isZero();
            assertThat(reader.all("chat.outcomes"))
                    .anySatisfy(outcome -> {
                        assertThat(outcome.get("turn").toString()).contains(turnOf(helped));
                        assertThat(outcome.get("marks")).hasToString("[crisis]");
                    });
            assertThat(next.getLast().name()).isEqualTo("completed");
            asha.awaitWallet(20_000_000 - PRICE);
        }
    }

    @Test
    void crossesEveryTopicInTheFormThatOutsidersRead() throws Exception {
        // given
        var reader = orrery.topics();
        try (var asha = orrery.person(20_000_000)) {

            // when
            var turn = turnOf(asha.say("Which planet is strongest in my chart?"));

            // then
            asha.awaitWallet(20_000_000 - PRICE);
            for (var topic :
                    List.of("chat.requests", "chat.contexts", "chat.prompts", "chat.outcomes")) {
                assertThat(reader.all(topic))
                        .as(topic)
                        .anySatisfy(each -> assertThat(each.get("turn").toString()).contains(turn));
            }
            assertThat(reader.all("chat.replies"))
                    .anySatisfy(each -> assertThat(each.get("turnId")).hasToString(turn));
            await().atMost(Person.LONGEST_BOOKING)
                    .untilAsserted(() ->
                            assertThat(reader.all("billing.entries"))
                                    .filteredOn(each ->
                                            ("use:" + turn).equals(each.get("entryKey").toString()))
                                    .hasSize(1));
        }
    }

    @Test
    void readsTheBirthChartBeforeThePromptIsRendered() throws Exception {
        // given
        var reader = orrery.topics();
        try (var asha = orrery.person(20_000_000)) {

            // when
            var turn = turnOf(asha.say("Where is my Moon?"));

            // then
            assertThat(reader.all("chat.prompts"))
                    .filteredOn(each -> each.get("turn").toString().contains(turn))
                    .singleElement()
                    .satisfies(each ->
                            assertThat(each.get("systemInstruction").toString())
                                    .contains("### Kundli Data", "Asha"));
        }
    }

    /**
     * The simulated model calls all four tools of the almanac, and then says what they returned.
     */
    @Test
    void looksThingsUpWithToolsThatThePipelineCarriesOut() throws Exception {
        // given
        var reader =
                orrery.topics();
        try (var asha = orrery.person(20_000_000, DemoBot.NOOR)) {

            // when
            var live = asha.say("How is the weather?");

            // then
            assertThat(live.getLast().name()).isEqualTo("completed");
            assertThat(live.getLast().data().path("text").asString()).contains("A tool returned");
            assertThat(live)
                    .filteredOn(part -> part.name().equals("tool_call"))
                    .extracting(part ->
                            part.data().path("name").asString()
                                    + " "
                                    + part.data().path("state").asString())
                    .startsWith(
                            "get_birth_chart called",
                            "get_weather called",
                            "get_exchange_rate called",
                            "current_time called")
                    .containsOnlyOnce(
                            "get_birth_chart answered",
                            "get_weather answered",
                            "get_exchange_rate answered",
                            "current_time answered");
            assertThat(asha.eventsAfter(turnOf(live), 0))
                    .isEqualTo(live.stream().filter(part -> part.id() > 0).toList());
            await().atMost(Person.LONGEST_BOOKING)
                    .untilAsserted(() ->
                            assertThat(reader.all("chat.outcomes"))
                                    .filteredOn(each ->
                                            each.get("turn").toString().contains(turnOf(live)))
                                    .singleElement()
                                    .satisfies(each ->
                                            assertThat(each.get("toolCalls").toString())
                                                    .contains("Kundli", "get_weather", "INR")));
        }
    }

    @Test
    void servesAFinishedTurnWithTheIdsItHadLive() throws Exception {
        // given
        try (var asha = orrery.person(20_000_000)) {
            var live = asha.say("Tell me about Saturn");

            for (var seen : live) {
                // when
                var rest = asha.eventsAfter(turnOf(live), seen.id());

                // then
                var expected = live.stream().filter(part -> part.id() > seen.id()).toList();
                assertThat(rest)
                        .extracting(ReplyPart::id)
                        .isEqualTo(expected.stream().map(ReplyPart::id).toList());
                assertThat(rest)
                        .extracting(ReplyPart::data)
                        .isEqualTo(expected.stream().map(ReplyPart::data).toList());
            }
        }
    }

    @Test
    void refusesAMessageThatTheWalletDoesNotCover() throws Exception {
        // given
        try (var poor = orrery.person(PRICE - 1)) {

            // when
            assertThatThrownBy(() -> poor.say("Hello?"))

                    // then
                    .isInstanceOfSatisfying(
                            DoorRefused.class,
                            refused -> assertThat(refused.status()).isEqualTo(402))
                    .hasMessageContaining("payment_required");
            assertThat(poor.wallet().path("available_micros").asLong()).isEqualTo(PRICE - 1);
        }
    }
}
