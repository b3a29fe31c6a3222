package dev.orrery.llm.telemetry;

import dev.orrery.llm.chain.Call;
import dev.orrery.llm.chain.CallListener;
import dev.orrery.llm.chain.CallReport;
import dev.orrery.llm.model.Conversation;
import dev.orrery.llm.model.TokenEstimate;
import dev.orrery.pipeline.telemetry.Capture;
import dev.orrery.pipeline.telemetry.CaptureSettings;
import dev.orrery.pipeline.telemetry.SpanNames;
import dev.orrery.pipeline.telemetry.Spans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records a span for each call of a model, answered or not, below whatever asked for it. A span is
 * made when its call has ended, out of what the report says, so nothing is kept of a call in flight
 * except, where texts are told, the beginning of what it has shown.
 */
public final class GenerationSpans implements CallListener {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Spans spans;
    private final CaptureSettings settings;
    private final ShownTexts texts;

    public GenerationSpans(Spans spans, CaptureSettings settings) {
        this.spans = spans;
        this.settings = settings;
        this.texts = new ShownTexts(settings.chars());
    }

    @Override
    public void text(Call call, String text) {
        if (settings.capture() == Capture.TEXT) {
            texts.add(call, text);
        }
    }

    @Override
    public void ended(CallReport report) {
        var shown = texts.take(report.call());
        var began = spans.before(Duration.ofMillis(report.timing().tookMillis()));
        var span = opened(report.call()).setStartTimestamp(began).startSpan();
        if (span.isRecording()) {
            describe(span, report, began, shown);
        }
        span.end(began.plusMillis(report.timing().tookMillis()));
    }

    private SpanBuilder opened(Call call) {
        var name = "chat " + call.step().model();
        var place = call.origin().place();
        return place == null
                ? spans.alone(name, SpanKind.CLIENT)
                : spans.under(place, name, SpanKind.CLIENT);
    }

    private void describe(Span span, CallReport report, Instant began, String shown) {
        var origin = report.call().origin();
        var turn = origin.turn();
        if (turn != null) {
            span.setAllAttributes(spans.of(turn));
            span.setAttribute(GenerationNames.CONVERSATION, turn.getSessionId());
        }
        var client = origin.client();
        if (client != null) {
            span.setAllAttributes(spans.of(client.service(), client.user(), client.requestId()));
        }
        span.setAttribute(GenerationNames.PROMPT_HASH, origin.promptHash());
        GenerationAttributes.write(span, report, began);
        status(span, report);
        texts(span, report, shown);
    }

    /** A failure's message is ours and holds nothing of what the provider has said but an id. */
    private static void status(Span span, CallReport report) {
        var failure = report.failure();
        if (failure != null) {
            var message = failure.getMessage();
            span.setStatus(StatusCode.ERROR, failure.code());
            span.setAttribute(SpanNames.ERROR_TYPE, failure.code());
            span.setAttribute(GenerationNames.LANGFUSE_LEVEL, "ERROR");
            span.setAttribute(GenerationNames.LANGFUSE_STATUS, message);
        } else if (report.result().equals(CallReport.CANCELLED)) {
            span.setAttribute(GenerationNames.LANGFUSE_LEVEL, "WARNING");
            span.setAttribute(GenerationNames.LANGFUSE_STATUS, CallReport.CANCELLED);
        } else {
            span.setAttribute(GenerationNames.LANGFUSE_LEVEL, "DEFAULT");
        }
    }

    private void texts(Span span, CallReport report, String shown) {
        var conversation = report.call().conversation();
        switch (settings.capture()) {
            case NONE -> {}
            case LENGTHS -> lengths(span, conversation, report.shownBytes());
            case TEXT -> {
                lengths(span, conversation, report.shownBytes());
                span.setAttribute(GenerationNames.LANGFUSE_INPUT, input(conversation));
                span.setAttribute(
                        GenerationNames.LANGFUSE_OUTPUT, Redaction.of(shown, settings.chars()));
            }
        }
    }

    private static void lengths(Span span, Conversation conversation, long shownBytes) {
        long bytes =
                TokenEstimate.bytes(conversation.systemInstruction())
                        + conversation.messages().stream()
                                .mapToLong(message -> TokenEstimate.bytes(message.content()))
                                .sum();
        span.setAttribute(GenerationNames.INPUT_BYTES, bytes);
        span.setAttribute(GenerationNames.OUTPUT_BYTES, shownBytes);
    }

    /** What the model was sent, newest last; what is oldest gives way when it is too long. */
    private String input(Conversation conversation) {
        var messages = new ArrayList<Map<String, String>>();
        int left = settings.chars();
        for (var message : conversation.messages().reversed()) {
            if (left <= 0) {
                break;
            }
            var text = Redaction.of(message.content(), left);
            left -= text.length();
            messages.addFirst(line(message.role().name().toLowerCase(Locale.ROOT), text));
        }
        if (left > 0 && !conversation.systemInstruction().isEmpty()) {
            messages.addFirst(line("system", Redaction.of(conversation.systemInstruction(), left)));
        }
        return JSON.writeValueAsString(messages);
    }

    private static Map<String, String> line(String role, String content) {
        var line = new LinkedHashMap<String, String>();
        line.put("role", role);
        line.put("content", content);
        return line;
    }
}
