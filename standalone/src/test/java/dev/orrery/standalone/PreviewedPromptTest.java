package dev.orrery.standalone;

import static dev.orrery.standalone.Replies.text;
import static dev.orrery.standalone.Replies.turnOf;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A preview is what a model will be shown, and can be asked what it makes of it. */
@ExtendWith(SharedOrrery.class)
class PreviewedPromptTest {

    private final RunningOrrery orrery;

    PreviewedPromptTest(RunningOrrery orrery) {
        this.orrery = orrery;
    }

    @Test
    void previewsByteForByteWhatAModelWasShown() throws Exception {
        // given
        var reader = orrery.topics();
        try (var asha = orrery.person(20_000_000);
                var admin = orrery.admin()) {
            var first = asha.say("Hello, {{bot_name}}");
            var turn = turnOf(asha.say("Where is my Moon?"));
            var shown = ofTurn(turn, reader.all("chat.prompts"));
            var context = ofTurn(turn, reader.all("chat.contexts"));
            var acceptedAt =
                    Instant.ofEpochMilli(
                            (Long) ((GenericRecord) shown.get("turn")).get("acceptedAt"));

            // when
            var preview =
                    admin.post(
                            "/admin/v1/prompts/preview",
                            Map.ofEntries(
                                    entry("prompt", DemoBot.MIRA.promptText()),
                                    entry("kind", "structured"),
                                    entry("bot", DemoBot.SLUG),
                                    entry("user", asha.get("/v1/me").path("profile")),
                                    entry("greeting", greeting(shown)),
                                    entry("message", "Where is my Moon?"),
                                    entry("message_id", turn),
                                    entry(
                                            "history",
                                            List.of(
                                                    Map.of(
                                                            "user",
                                                            "Hello, {{bot_name}}",
                                                            "bot",
                                                            text(first)))),
                                    entry("facts", factsOf(context)),
                                    entry("at", acceptedAt.toString()),
                                    entry("against", DemoBot.SLUG)));

            // then
            assertThat(preview.path("text").asString())
                    .isEqualTo(shown.get("systemInstruction").toString());
            assertThat(preview.path("hash").asString())
                    .isEqualTo(shown.get("promptHash").toString());
            assertThat(preview.path("diff").asString()).isEmpty();
        }
    }

    @Test
    void asksAModelWhatItThinksOfAPreview() throws Exception {
        // given
        try (var admin = orrery.admin()) {

            // when
            var preview =
                    admin.post(
                            "/admin/v1/prompts/preview",
                            Map.of(
                                    "prompt", "You are brief.",
                                    "message", "Hello?",
                                    "send", true,
                                    "provider", "openai",
                                    "model", "gpt-4.1-mini"));

            // then
            assertThat(preview.path("reply").path("text").asString()).isNotBlank();
            assertThat(preview.path("reply").path("provider").asString()).isEqualTo("openai");
        }
    }

    /** What the session began with. */
    private static String greeting(GenericRecord shown) {
        var first = (GenericRecord) ((List<?>) shown.get("messages")).getFirst();
        assertThat(first.get("role").toString()).isEqualTo("assistant");
        return first.get("content").toString();
    }

    private static GenericRecord ofTurn(String turn, List<GenericRecord> records) {
        return records.stream()
                .filter(each -> each.get("turn").toString().contains(turn))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> factsOf(GenericRecord context) {
        var facts = new HashMap<String, String>();
        for (var fact : (List<?>) context.get("facts")) {
            var record = (GenericRecord) fact;
            if (record.get("text") != null) {
                facts.put(record.get("kind").toString(), record.get("text").toString());
            }
        }
        return facts;
    }
}
