package dev.orrery.simulator.reply;

import dev.orrery.simulator.prose.Prose;
import dev.orrery.simulator.prose.SimulatedReply;
import dev.orrery.simulator.script.Fault;
import dev.orrery.simulator.script.Script;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a model answers, before a provider writes it down.
 *
 * @param number of the answer, for ids; counts up from 1
 * @param model as the client named it
 * @param pieces how many pieces of text a faultless answer has; 0 beside calls that stand alone
 * @param calls of tools, after the text; empty for none
 * @param thinks whether thoughts come before the text
 * @param finish why a faultless answer ends
 * @param tokens as stated; null if they are not
 */
public record Reply(
        long number,
        Instant at,
        String model,
        Prose prose,
        int pieces,
        List<ToolCall> calls,
        boolean thinks,
        Finish finish,
        @Nullable Tokens tokens) {

    /** What a simulated model thinks, where a provider shows it. */
    public static final String THOUGHT = "(simulated thought) The stars can wait.";

    public Reply {
        calls = List.copyOf(calls);
    }

    /**
     * Answers as a script says.
     *
     * <p>A script that says how many tokens it wants gets them, whatever bound the client sets.
     * Tools are called only if the script asks for it and the client has some, and not where it was
     * just told what they returned; where they are, there is no text unless the script says how
     * much.
     */
    public static Reply to(Asked asked, Script script, long number, Instant now) {
        Prose whole = new SimulatedReply(asked.conversation());
        int bound = asked.maxTokens().orElse(Integer.MAX_VALUE);
        boolean isTold = !asked.conversation().results().isEmpty();
        List<ToolCall> calls = isTold ? List.of() : calls(asked.tools(), script.toolCalls());
        boolean cutShort = script.tokens() == 0 && calls.isEmpty() && whole.length() > bound;
        Prose prose = cutShort ? new Shortened(whole, bound) : whole;
        int pieces = calls.isEmpty() ? script.tokensOf(prose.length()) : script.tokens();
        return new Reply(
                number,
                now,
                asked.model(),
                prose,
                pieces,
                calls,
                script.reasoningTokens() > 0,
                cutShort ? Finish.LENGTH : calls.isEmpty() ? Finish.STOP : Finish.TOOL,
                asked.tokensWanted() && script.fault() != Fault.Quirk.NO_USAGE
                        ? tokens(asked, script, pieces, calls)
                        : null);
    }

    private static List<ToolCall> calls(List<Tool> tools, int wanted) {
        return tools.isEmpty()
                ? List.of()
                : IntStream.range(0, wanted)
                        .mapToObj(each -> ToolCall.of(tools.get(each % tools.size())))
                        .toList();
    }

    private static Tokens tokens(Asked asked, Script script, int pieces, List<ToolCall> calls) {
        int input = asked.conversation().pieces();
        int called = calls.stream().mapToInt(call -> call.fragments().size()).sum();
        return new Tokens(
                input,
                Math.min(script.cachedTokens(), input),
                pieces + called + script.reasoningTokens(),
                script.reasoningTokens());
    }

    /** The beginning of a text. */
    private record Shortened(Prose whole, int length) implements Prose {

        @Override
        public Stream<String> pieces(int count) {
            return count <= length
                    ? whole.pieces(whole.length()).limit(count)
                    : whole.pieces(count);
        }
    }
}
