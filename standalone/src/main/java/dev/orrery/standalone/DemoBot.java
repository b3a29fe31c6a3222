package dev.orrery.standalone;

import dev.orrery.ids.DerivedId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bot of the demo. Its ids are derived, so installing it again changes nothing.
 *
 * @param rank place in the list of bots, ascending
 * @param prompt resource beside the others in {@code /demo}
 * @param kind how its prompt is to be read: template or structured
 * @param tools resource of the tools that its model may call; null for none
 * @param metadata JSON, as bots keep it
 * @param price JSON, as bots keep it
 */
record DemoBot(
        String slug,
        String name,
        String description,
        String type,
        int rank,
        String prompt,
        String kind,
        @Nullable String tools,
        String metadata,
        String price) {

    /** Who newcomers meet. */
    static final String SLUG = "astrologer-mira";

    private static final UUID NAMESPACE = UUID.fromString("8d2d4b06-5a64-4a3f-9d2a-3a7f0c9be001");

    /** Reads charts; its prompt is a document of sections. */
    static final DemoBot MIRA =
            new DemoBot(
                    SLUG,
                    "Mira",
                    "A warm Vedic astrologer who reads your birth chart.",
                    "astrologer",
                    0,
                    "astrologer-mira.yaml",
                    "structured",
                    null,
                    """
                    {"required_fields": ["name", "birth"],
                     "facts": [{"kind": "birth_chart", "indispensable": false, "format": "markdown"},
                               {"kind": "second_birth_chart", "indispensable": false, "format": "markdown"}],
                     "time_zone": "Asia/Kolkata", "sex": "female", "response_length": "medium",
                     "greeting": "Namaste {{user_name}}! I am {{bot_name}}. Your chart lies before me: shall we look at work, at love, or at what keeps you awake?"}
                    """,
                    """
                    {"unit": "message", "currency": "INR", "per_message_micros": 5000000}
                    """);

    /** Just talks: nothing is fetched for it, and its prompt is a template. */
    static final DemoBot TARA =
            new DemoBot(
                    "companion-tara",
                    "Tara",
                    "A companion who listens well and likes small stories.",
                    "companion",
                    1,
                    "companion-tara.txt",
                    "template",
                    null,
                    """
                    {"required_fields": ["name"], "time_zone": "Asia/Kolkata",
                     "scene_description": "You sit on a veranda after the rain, with tea.",
                     "greeting": "{{user_name}}, there you are! The tea is still warm. What kind of {{day_of_week}} has it been?",
                     "custom": {"manner": "Warm and a little teasing, with short sentences and no advice unless it is asked for."}}
                    """,
                    """
                    {"unit": "message", "currency": "INR", "per_message_micros": 1000000}
                    """);

    /** Knows nothing by heart: it looks things up with tools that the pipeline carries out. */
    static final DemoBot NOOR =
            new DemoBot(
                    "almanac-noor",
                    "Noor",
                    "An almanac that looks up charts, weather, exchange rates and the hour.",
                    "companion",
                    2,
                    "almanac-noor.txt",
                    "template",
                    "almanac-noor.tools.json",
                    """
                    {"required_fields": ["name"], "time_zone": "Asia/Kolkata",
                     "greeting": "Hello {{user_name}}, what shall I look up: the sky, the weather, a rate, or the hour somewhere?"}
                    """,
                    """
                    {"unit": "message", "currency": "INR", "per_message_micros": 2000000}
                    """);

    UUID bot() {
        return DerivedId.of(NAMESPACE, "bot/" + slug);
    }

    UUID config() {
        return DerivedId.of(NAMESPACE, "config/" + slug);
    }

    /** The source of its prompt. */
    String promptText() throws IOException {
        return text(prompt);
    }

    /** What its revision says about tools: members of a JSON object, each behind a comma. */
    String toolsText() throws IOException {
        return tools == null ? "" : ", \"tools\": " + text(tools);
    }

    /** How its conversations are checked: JSON, as revisions keep it; null where they are not. */
    @Nullable String safety() throws IOException {
        return resource(slug + ".safety.json");
    }

    private static String text(String name) throws IOException {
        var text = resource(name);
        if (text == null) {
            throw new IOException("BUG: demo/" + name + " is not on the class path");
        }
        return text;
    }

    private static @Nullable String resource(String name) throws IOException {
        try (var resource = DemoBot.class.getResourceAsStream("/demo/" + name)) {
            return resource == null
                    ? null
                    : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
