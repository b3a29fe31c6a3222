package dev.orrery.simulator.gemini;

import dev.orrery.simulator.call.Received;
import dev.orrery.simulator.chat.Body;
import dev.orrery.simulator.chat.ChatProvider;
import dev.orrery.simulator.chat.Refusal;
import dev.orrery.simulator.chat.Transcript;
import dev.orrery.simulator.chat.Wire;
import dev.orrery.simulator.http.Provider;
import dev.orrery.simulator.play.Dialect;
import dev.orrery.simulator.play.ErrorForm;
import dev.orrery.simulator.play.ServerSentEvents;
import dev.orrery.simulator.play.WholeDialect;
import dev.orrery.simulator.prose.Conversation;
import dev.orrery.simulator.reply.Asked;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.reply.Tool;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /models/{model}:generateContent} and {@code :streamGenerateContent}, which streams
 * events with {@code alt=sse} and one long array without. Any {@code x-goog-api-key} is accepted.
 */
public final class Gemini implements Wire {

    private static final Pattern ENDPOINT =
            Pattern.compile("/models/(.+):(generateContent|streamGenerateContent)", Pattern.DOTALL);

    private static final String UNSIGNED = "skip_thought_signature_validator";

    private Gemini() {}

    public static Provider generateContent(Clock clock) {
        return new ChatProvider(new Gemini(), clock);
    }

    @Override
    public Asked read(String endpoint, Received received) {
        if (received.header("x-goog-api-key") == null) {
            throw new Refusal(
                    403, null, "Method doesn't allow unregistered callers: no API key", null);
        }
        Matcher matcher = ENDPOINT.matcher(endpoint);
        if (!received.method().equals("POST") || !matcher.matches()) {
            throw Refusal.noSuchRoute(received.method(), endpoint);
        }
        String model = Body.encodable(matcher.group(1));
        JsonNode root = Body.object(received.body());
        return new Asked(
                model,
                model,
                conversation(root),
                matcher.group(2).equals("streamGenerateContent"),
                true,
                Body.bound(root.path("generationConfig"), "maxOutputTokens"),
                tools(root.path("tools")));
    }

    private static Conversation conversation(JsonNode root) {
        Transcript transcript =
                new Transcript()
                        .instructed(Body.text(root.path("systemInstruction").path("parts")));
        for (JsonNode content : Body.list(root, "contents")) {
            JsonNode parts = content.path("parts");
            switch (content.path("role").asString("user")) {
                case "user" -> byUser(parts, transcript);
                case "model" -> {
                    transcript.byModel(Body.text(parts));
                    requireSignature(parts);
                    within(parts, "functionCall").forEach(call -> transcript.called(key(call)));
                }
                default ->
                        throw Refusal.invalid("Please use a valid role: user, model.", "contents");
            }
        }
        return transcript.conversation();
    }

    /** What functions returned comes in the name of the user, in a content of its own. */
    private static void byUser(JsonNode parts, Transcript transcript) {
        List<JsonNode> responses = within(parts, "functionResponse");
        for (JsonNode response : responses) {
            transcript.byTool(key(response), returned(response.path("response")));
        }
        String text = Body.text(parts);
        if (!responses.isEmpty() && !text.isEmpty()) {
            throw Refusal.invalid(
                    "Please ensure that function response turn has function responses only.",
                    "contents");
        }
        if (responses.isEmpty()) {
            transcript.byUser(text);
        }
    }

    /** An object; one field of it is what most clients put words into. */
    private static String returned(JsonNode response) {
        if (!response.isObject()) {
            throw Refusal.invalid("functionResponse.response: expected an object", "contents");
        }
        JsonNode words = response.path("result");
        return Body.encodable(
                response.size() == 1 && words.isString()
                        ? words.stringValue()
                        : response.toString());
    }

    /**
     * Models since the third want the first call of a content signed: as they have signed it, or in
     * the words by which a caller says that it has no signature.
     */
    private static void requireSignature(JsonNode parts) {
        for (JsonNode part : parts) {
            if (part.has("functionCall")) {
                requireSignature(part.path("thoughtSignature").asString(""));
                return;
            }
        }
    }

    private static void requireSignature(String signature) {
        if (signature.isEmpty()) {
            throw Refusal.invalid(
                    "Function call is missing a thought_signature in functionCall parts.",
                    "contents");
        }
        if (!signature.equals(Content.SIGNATURE) && !signature.equals(UNSIGNED)) {
            throw Refusal.invalid("Corrupted thought signature.", "contents");
        }
    }

    private static List<JsonNode> within(JsonNode parts, String kind) {
        return parts.valueStream()
                .filter(part -> part.has(kind))
                .map(part -> part.path(kind))
                .toList();
    }

    /** Calls need no id; without one their name has to do. */
    private static String key(JsonNode named) {
        JsonNode id = named.path("id");
        return id.isString() ? id.stringValue() : named.path("name").asString("");
    }

    private static List<Tool> tools(JsonNode list) {
        List<Tool> tools = new ArrayList<>();
        for (JsonNode group : list) {
            for (JsonNode each : group.path("functionDeclarations")) {
                JsonNode schema = each.path("parametersJsonSchema");
                tools.add(
                        new Tool(
                                Body.encodable(each.path("name").asString("")),
                                schema.isMissingNode() ? each.path("parameters") : schema));
            }
        }
        return tools;
    }

    @Override
    public Map<String, String> headers(long number) {
        return Map.of("x-gemini-service-tier", "standard");
    }

    @Override
    public ErrorForm errors() {
        return Errors::page;
    }

    @Override
    public Dialect stream(Reply reply, Received received) {
        return new Chunks(
                reply, received.asks("alt=sse") ? ServerSentEvents.LINES : new JsonArray());
    }

    @Override
    public WholeDialect whole(Reply reply) {
        return new Content(reply);
    }
}
