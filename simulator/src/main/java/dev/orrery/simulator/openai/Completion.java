package dev.orrery.simulator.openai;

import dev.orrery.simulator.play.Pages;
import dev.orrery.simulator.play.TextFault;
import dev.orrery.simulator.play.WholeBody;
import dev.orrery.simulator.script.Fault;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A completion in one {@code chat.completion} object. */
final class Completion implements WholeBody {

    static final String FINGERPRINT = "fp_simulated";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Draft draft;

    Completion(Draft draft) {
        this.draft = draft;
    }

    @Override
    public String contentType() {
        return Pages.JSON;
    }

    @Override
    public int pieces() {
        return draft.pieces();
    }

    @Override
    public byte[] bytes(Fault.InContent fault) {
        ObjectNode completion =
                switch (fault) {
                    case Fault.EndAfter(int tokens) -> unfinished(tokens);
                    case Fault.FinishWith(String reason) -> said(text(fault), reason, true);
                    case Fault.Quirk.EMPTY_ANSWER -> said("", draft.reason(), true);
                    case Fault.Quirk.NULL_CONTENT -> said(null, draft.reason(), true);
                    case Fault.Quirk.NO_USAGE -> said(text(fault), draft.reason(), false);
                    case Fault.Quirk.EMPTY_CHOICES -> frame();
                    case Fault.Quirk.MISSING_KEYS -> frame().without("choices");
                    case Fault.InContent ignored -> said(text(fault), draft.reason(), true);
                };
        return JSON.writeValueAsBytes(completion);
    }

    @Override
    public byte[] error() {
        return Errors.midway();
    }

    private ObjectNode unfinished(int tokens) {
        String begun =
                draft.prose().pieces(draft.pieces()).limit(tokens).collect(Collectors.joining());
        return said(begun, null, false);
    }

    private String text(Fault.InContent fault) {
        int[] index = {0};
        return draft.prose()
                .pieces(draft.pieces())
                .map(piece -> TextFault.in(piece, index[0]++, draft.pieces(), fault))
                .collect(Collectors.joining());
    }

    private ObjectNode said(@Nullable String text, @Nullable String reason, boolean usage) {
        ObjectNode completion = frame();
        ObjectNode choice = completion.withArray("choices").addObject();
        choice.put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .putNull("refusal");
        choice.putNull("logprobs").put("finish_reason", reason);
        if (usage) {
            completion.set("usage", Usage.of(draft));
        }
        return completion;
    }

    private ObjectNode frame() {
        ObjectNode completion =
                JSON.createObjectNode()
                        .put("id", draft.id())
                        .put("object", "chat.completion")
                        .put("created", draft.created())
                        .put("model", draft.model())
                        .put("system_fingerprint", FINGERPRINT);
        completion.putArray("choices");
        return completion;
    }
}
