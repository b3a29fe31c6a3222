package dev.orrery.llm.hostile;

import static dev.orrery.llm.hostile.Dialect.event;
import static dev.orrery.llm.hostile.Fault.HURRIED_AT_FIRST;
import static dev.orrery.llm.hostile.Fault.PATIENT;
import static dev.orrery.llm.hostile.Fault.failed;
import static dev.orrery.llm.hostile.Fault.taken;

import dev.orrery.llm.chain.Limits;
import dev.orrery.llm.hostile.Fault.Ending;
import java.util.ArrayList;
import java.util.List;

/** What is said as it should not be, over a transport that is in order. */
final class LanguageFaults {

    static final String TEXT = "Quite so.";
    private static final String MALFORMED = TransportFaults.MALFORMED;

    private final List<Fault> faults = new ArrayList<>();

    private LanguageFaults() {}

    static List<Fault> all() {
        var faults = new LanguageFaults();
        faults.openai();
        faults.openaiUsage();
        faults.anthropic();
        faults.gemini();
        faults.aiSdk();
        faults.whole();
        return List.copyOf(faults.faults);
    }

    /** A stream that ends as streams do. */
    private void add(String name, Dialect dialect, Ending ending, String... events) {
        faults.add(
                new Fault(
                        name,
                        dialect,
                        true,
                        PATIENT,
                        wire ->
                                wire.send(Heads.chunked(Heads.EVENTS))
                                        .chunk(String.join("", events))
                                        .end(),
                        ending));
    }

    private void endless(String name, Dialect dialect, Limits patience, String event) {
        faults.add(
                new Fault(
                        name,
                        dialect,
                        true,
                        patience,
                        wire ->
                                wire.send(Heads.chunked(Heads.EVENTS))
                                        .repeat(TransportFaults.chunk(event)),
                        failed("timed_out_first_token")));
    }

    private void whole(String name, Language language, Ending ending, String body) {
        whole(name, language, ending, TransportFaults.bytes(body));
    }

    private void whole(String name, Language language, Ending ending, byte[] body) {
        faults.add(
                new Fault(
                        name,
                        language,
                        false,
                        PATIENT,
                        wire -> wire.send(Heads.sized(Heads.JSON, body.length)).send(body),
                        ending));
    }

    private void openai() {
        var dialect = Dialect.OPENAI;
        var text = dialect.text(TEXT);
        var stop = event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        var length = stop.replace("stop", "length");
        var done = event("[DONE]");
        add("two finishes", dialect, taken(TEXT), text, stop, length, done);
        add("a finish that nobody knows", dialect, taken(TEXT), text, stop.replace("stop", "x"));
        add("a finish before the text", dialect, failed("empty_response"), stop, text, done);
        add("an end without a finish", dialect, failed("truncated_stream"), text, done);
        add("an end alone", dialect, failed("truncated_stream"), done);
        endless("roles without end", dialect, HURRIED_AT_FIRST, dialect.opening().getFirst());
        endless(
                "thoughts without end",
                dialect,
                HURRIED_AT_FIRST,
                event("{\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm.\"}}]}"));
        add(
                "nothing in many shapes",
                dialect,
                taken(TEXT),
                event("{}"),
                event("{\"choices\":null}"),
                event("{\"choices\":[]}"),
                event("{\"choices\":[null]}"),
                event("{\"choices\":[{}]}"),
                event("{\"choices\":[{\"delta\":null,\"finish_reason\":null}]}"),
                event("{\"choices\":[{\"delta\":{\"content\":null,\"tool_calls\":null}}]}"),
                event("{\"choices\":[{\"delta\":{\"tool_calls\":[null]}}],\"usage\":null}"),
                text,
                stop);
        add("null", dialect, failed(MALFORMED), text, event("null"), stop);
        add("a list", dialect, failed(MALFORMED), text, event("[]"), stop);
        add("no JSON", dialect, failed(MALFORMED), text, event("{"), stop);
        add("choices as object", dialect, failed(MALFORMED), event("{\"choices\":{}}"), text, stop);
        add(
                "content as list",
                dialect,
                failed(MALFORMED),
                event("{\"choices\":[{\"delta\":{\"content\":[\"a\"]}}]}"),
                text,
                stop);
        add(
                "deep nesting",
                dialect,
                failed(MALFORMED),
                text,
                event("{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
                stop);
        add(
                "a key twice",
                dialect,
                taken(TEXT),
                text.replace("\"choices\"", "\"choices\":[],\"choices\""),
                stop);
        add(
                "an error with the status of success",
                dialect,
                failed("server_error"),
                text,
                event("{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}"));
        add("an error that is a number", dialect, failed("server_error"), event("{\"error\":7}"));
        add(
                "another choice",
                dialect,
                taken(TEXT),
                text.replace("\"index\":0", "\"index\":1"),
                text,
                stop);
    }

    private void openaiUsage() {
        var dialect = Dialect.OPENAI;
        var answer =
                dialect.text(TEXT)
                        + event("{\"choices\":[{\"index\":\"0\",\"finish_reason\":\"stop\"}]}");
        add("usage alone", dialect, failed("truncated_stream"), usage(9, 3));
        add("negative tokens", dialect, taken(TEXT), answer, usage(-9, -3));
        add("more tokens than there are", dialect, taken(TEXT), answer, usage(Long.MAX_VALUE, 3));
        add(
                "negative tokens from a cache",
                dialect,
                taken(TEXT),
                answer,
                event(
                        """
                        {"usage":{"prompt_tokens":9,"completion_tokens":3,"prompt_tokens_details":{"cached_tokens":-9}}}\
                        """));
        add(
                "numbers as texts",
                dialect,
                taken(TEXT),
                answer,
                event("{\"usage\":{\"prompt_tokens\":\"9\",\"completion_tokens\":\"3\"}}"));
        add(
                "tokens as text",
                dialect,
                failed(MALFORMED),
                event("{\"usage\":{\"prompt_tokens\":\"nine\",\"completion_tokens\":3}}"),
                answer);
    }

    private static String usage(long prompt, long completion) {
        return event(
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":"
                        + prompt
                        + ",\"completion_tokens\":"
                        + completion
                        + "}}");
    }

    private void anthropic() {
        var dialect = Dialect.ANTHROPIC;
        var open = String.join("", dialect.opening());
        var close = String.join("", dialect.closing());
        var text = dialect.text(TEXT);
        endless("pings without end", dialect, HURRIED_AT_FIRST, event("{\"type\":\"ping\"}"));
        add("no opening", dialect, taken(TEXT), text, close);
        add(
                "a stop without a reason",
                dialect,
                failed(MALFORMED),
                open,
                text,
                event("{\"type\":\"message_stop\"}"));
        add(
                "a reason without a stop",
                dialect,
                failed("truncated_stream"),
                open,
                text,
                dialect.closing().get(1));
        add(
                "nothing in many shapes",
                dialect,
                taken(TEXT),
                event("{}"),
                event("{\"type\":null}"),
                event("{\"type\":\"message_start\",\"message\":null}"),
                event("{\"type\":\"content_block_start\",\"content_block\":null}"),
                event("{\"type\":\"content_block_delta\",\"delta\":null}"),
                event("{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\"}}"),
                event("{\"type\":\"message_delta\",\"delta\":null,\"usage\":null}"),
                open,
                text,
                close);
        add("null", dialect, failed(MALFORMED), open, event("null"), text, close);
        add(
                "an error without a word",
                dialect,
                failed("server_error"),
                open,
                text,
                event("{\"type\":\"error\",\"error\":null}"));
        add(
                "negative tokens",
                dialect,
                taken(TEXT),
                open.replace("\"input_tokens\":9", "\"input_tokens\":-9"),
                text,
                close);
    }

    private void gemini() {
        var dialect = Dialect.GEMINI;
        var close = String.join("", dialect.closing());
        var text = dialect.text(TEXT);
        add(
                "nothing in many shapes",
                dialect,
                taken(TEXT),
                event("{}"),
                event("{\"candidates\":null}"),
                event("{\"candidates\":[null]}"),
                event("{\"candidates\":[{}]}"),
                event("{\"candidates\":[{\"content\":null}]}"),
                event("{\"candidates\":[{\"content\":{\"parts\":null}}]}"),
                event("{\"candidates\":[{\"content\":{\"parts\":[null]}}]}"),
                event("{\"candidates\":[{\"content\":{\"parts\":[{}]}}]}"),
                event("{\"promptFeedback\":{},\"usageMetadata\":{}}"),
                text,
                close);
        add("null", dialect, failed(MALFORMED), text, event("null"), close);
        add(
                "negative tokens",
                dialect,
                taken(TEXT),
                text,
                close.replace("\"promptTokenCount\":9", "\"promptTokenCount\":-9"));
        add(
                "an error with the status of success",
                dialect,
                failed("overloaded"),
                text,
                event("{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\"}}"));
    }

    private void aiSdk() {
        var dialect = Dialect.AI_SDK;
        var close = String.join("", dialect.closing());
        var text = dialect.text(TEXT);
        add(
                "nothing in many shapes",
                dialect,
                taken(TEXT),
                event("{}"),
                event("{\"type\":null}"),
                event("{\"type\":\"text-delta\"}"),
                event("{\"type\":\"text-delta\",\"delta\":null}"),
                event("{\"type\":\"message-metadata\",\"messageMetadata\":null}"),
                event("{\"type\":\"data-usage\",\"data\":null}"),
                text,
                close);
        add("null", dialect, failed(MALFORMED), text, event("null"), close);
        add("no finish", dialect, failed("truncated_stream"), text, event("[DONE]"));
        add("an abort", dialect, failed("truncated_stream"), text, event("{\"type\":\"abort\"}"));
    }

    private void whole() {
        for (var dialect : List.of(Dialect.OPENAI, Dialect.ANTHROPIC, Dialect.GEMINI)) {
            whole(dialect);
            whole("more behind it", dialect, failed(MALFORMED), dialect.whole(TEXT) + "{");
        }
        whole(EventFrames.BEDROCK);
        whole("candidates that are none", Dialect.GEMINI, failed(), "{\"candidates\":[null]}");
        whole("choices that are none", Dialect.OPENAI, failed(), "{\"choices\":[null]}");
        whole("blocks that are none", Dialect.ANTHROPIC, failed(), "{\"content\":[null]}");
        whole("blocks that are none", EventFrames.BEDROCK, failed(), EventFrames.message("null"));
        whole(
                "no reason",
                EventFrames.BEDROCK,
                failed("truncated_stream"),
                EventFrames.message("{\"text\":\"a\"}").replace("stopReason", "reason"));
    }

    private void whole(Language language) {
        whole("nothing", language, failed(), "");
        whole("null", language, failed(MALFORMED), "null");
        whole("a list", language, failed(MALFORMED), "[]");
        whole("an empty object", language, failed(), "{}");
        whole("no text", language, failed("empty_response"), language.all(""));
        whole("a blank text", language, failed("empty_response"), language.all("  "));
        whole(
                "more text than anybody reads",
                language,
                failed(MALFORMED),
                language.all("x".repeat(300_000)));
        whole(
                "deep nesting",
                language,
                failed(MALFORMED),
                "{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
    }
}
