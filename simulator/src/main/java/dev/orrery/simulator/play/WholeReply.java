package dev.orrery.simulator.play;

import dev.orrery.simulator.play.WholeDialect.Said;
import dev.orrery.simulator.reply.Finish;
import dev.orrery.simulator.reply.Reply;
import dev.orrery.simulator.script.Fault;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A reply as one body, and how faults change what it says whoever writes it. */
record WholeReply(WholeDialect dialect, Reply reply) implements WholeBody {

    @Override
    public String contentType() {
        return Pages.JSON;
    }

    @Override
    public int pieces() {
        return reply.pieces() + reply.calls().size();
    }

    @Override
    public byte[] bytes(Fault.InContent fault) {
        return JsonMapper.shared().writeValueAsBytes(body(fault));
    }

    @Override
    public byte[] error(@Nullable String code) {
        return dialect.error(code);
    }

    private ObjectNode body(Fault.InContent fault) {
        return switch (fault) {
            case Fault.EndAfter(int tokens) -> dialect.body(unfinished(tokens));
            case Fault.FinishWith(String reason) ->
                    dialect.body(said(fault, Words.of(reason, dialect::word)));
            case Fault.Quirk.EMPTY_ANSWER -> dialect.body(without("", reply.finish()));
            case Fault.Quirk.NULL_CONTENT -> dialect.body(without(null, reply.finish()));
            case Fault.Quirk.EMPTY_CHOICES -> dialect.hollow(Hollow.EMPTY_LIST);
            case Fault.Quirk.MISSING_KEYS -> dialect.hollow(Hollow.MISSING_KEYS);
            case Fault.Quirk.BLOCKED_PROMPT -> blocked();
            case Fault.InContent ignored -> dialect.body(said(fault, dialect.word(reply.finish())));
        };
    }

    private ObjectNode blocked() {
        ObjectNode own = dialect.blocked();
        return own != null ? own : dialect.body(without("", Finish.FILTERED));
    }

    private Said said(Fault.InContent fault, String reason) {
        return new Said(text(fault), reply.calls(), reason, reply.tokens() != null);
    }

    private Said without(@Nullable String text, Finish finish) {
        return new Said(text, List.of(), dialect.word(finish), reply.tokens() != null);
    }

    private Said unfinished(int tokens) {
        String begun =
                reply.prose().pieces(reply.pieces()).limit(tokens).collect(Collectors.joining());
        return new Said(begun, List.of(), null, false);
    }

    private String text(Fault.InContent fault) {
        int[] index = {0};
        return reply.prose()
                .pieces(reply.pieces())
                .map(piece -> TextFault.in(piece, index[0]++, reply.pieces(), fault))
                .collect(Collectors.joining());
    }
}
