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
            String text = Body.text(content.path("parts"));
            switch (content.path("role").asString("user")) {
                case "user" -> {
                    if (content.path("parts").path(0).has("functionResponse")) {
                        transcript.byOthers(text);
                    } else {
                        transcript.byUser(text);
                    }
                }
                case "model" -> transcript.byOthers(text);
                default ->
                        throw Refusal.invalid("Please use a valid role: user, model.", "contents");
            }
        }
        return transcript.conversation();
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
