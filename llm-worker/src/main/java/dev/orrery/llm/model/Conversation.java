package dev.orrery.llm.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model sees and how it is to answer; the same for every call of a chain.
 *
 * @param systemInstruction may be empty
 * @param messages oldest first; the last one is the user's, or the result of a tool. Calls and
 *     results follow each other as {@link ToolRounds} has it, and get ids of ours
 * @param temperature 0 to 2; null leaves it to the provider
 * @param topP above 0 to 1; null leaves it to the provider
 * @param topK 1 or more, where the provider has it; null leaves it to the provider
 * @param maxOutputTokens 1 or more
 * @param tools what the model may ask for; names differ
 * @param toolChoice whether it may or must
 */
public record Conversation(
        String systemInstruction,
        List<Message> messages,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        int maxOutputTokens,
        List<Tool> tools,
        ToolChoice toolChoice) {

    public Conversation {
        messages = ToolRounds.numbered(messages);
        tools = List.copyOf(tools);
        if (maxOutputTokens < 1) {
            throw new IllegalArgumentException(
                    "maxOutputTokens: " + maxOutputTokens + " (expected: >= 1)");
        }
        if (tools.stream().map(Tool::name).distinct().count() < tools.size()) {
            throw new IllegalArgumentException("tools: two of one name (expected: different ones)");
        }
        if (!isPossible(toolChoice, tools)) {
            throw new IllegalArgumentException(
                    "toolChoice: " + toolChoice + " (expected: tools that allow it)");
        }
    }

    /** A conversation whose model may ask for tools. */
    public Conversation(
            String systemInstruction,
            List<Message> messages,
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer topK,
            int maxOutputTokens,
            List<Tool> tools) {
        this(
                systemInstruction,
                messages,
                temperature,
                topP,
                topK,
                maxOutputTokens,
                tools,
                ToolChoice.Mode.AUTO);
    }

    /** A conversation without tools. */
    public Conversation(
            String systemInstruction,
            List<Message> messages,
            @Nullable Double temperature,
            @Nullable Double topP,
            @Nullable Integer topK,
            int maxOutputTokens) {
        this(systemInstruction, messages, temperature, topP, topK, maxOutputTokens, List.of());
    }

    /** The same conversation, further on: with these messages behind its own. */
    public Conversation goingOn(List<Message> further) {
        var all = new ArrayList<>(messages);
        all.addAll(further);
        return new Conversation(
                systemInstruction,
                all,
                temperature,
                topP,
                topK,
                maxOutputTokens,
                tools,
                toolChoice);
    }

    /** The same conversation with another choice. */
    public Conversation choosing(ToolChoice choice) {
        return new Conversation(
                systemInstruction,
                messages,
                temperature,
                topP,
                topK,
                maxOutputTokens,
                tools,
                choice);
    }

    /** Whether there are the tools that a choice speaks of. */
    public static boolean isPossible(ToolChoice choice, List<Tool> tools) {
        return switch (choice) {
            case ToolChoice.Mode mode -> mode != ToolChoice.Mode.REQUIRED || !tools.isEmpty();
            case ToolChoice.Named named ->
                    tools.stream().anyMatch(tool -> tool.name().equals(named.tool()));
        };
    }

    /** Whether the model may ask for a tool. Where it may not, its wish for one is no answer. */
    public boolean mayCall() {
        return !tools.isEmpty() && toolChoice != ToolChoice.Mode.NONE;
    }

    /** Whether tools were called. */
    public boolean hasCalls() {
        return messages.stream().anyMatch(message -> !message.calls().isEmpty());
    }

    /** Whether tools are in play: on offer, or called before. */
    public boolean hasTools() {
        return !tools.isEmpty() || hasCalls();
    }

    /**
     * The tools; where none is on offer, those that were called, in their bare names: some
     * providers take no calls without a word of tools.
     */
    public List<Tool> knownTools() {
        return tools.isEmpty()
                ? messages.stream()
                        .flatMap(message -> message.calls().stream())
                        .map(ToolCall::name)
                        .distinct()
                        .map(Tool::called)
                        .toList()
                : tools;
    }

    /**
     * The same for a model that knows nothing of tools: none are on offer, and what was called and
     * came of it stands there in words.
     */
    public Conversation withoutTools() {
        return new Conversation(
                systemInstruction,
                PlainWords.of(messages),
                temperature,
                topP,
                topK,
                maxOutputTokens);
    }

    /** Who said something. */
    public enum Role {
        USER,
        ASSISTANT,
        /** What came of a call for a tool. */
        TOOL
    }

    /**
     * One message of a conversation.
     *
     * @param content may be empty beside calls, and where a tool has nothing to say
     * @param calls for tools, by the assistant alone
     * @param answers id of the call whose result this is; null for what is none
     */
    public record Message(
            Role role, String content, List<ToolCall> calls, @Nullable String answers) {

        public Message {
            calls = List.copyOf(calls);
            if (!calls.isEmpty() && role != Role.ASSISTANT) {
                throw new IllegalArgumentException(
                        "calls: by " + role + " (expected: by the assistant)");
            }
            if ((answers != null) != (role == Role.TOOL)) {
                throw new IllegalArgumentException(
                        "answers: of " + role + " (expected: of a tool, and of every tool)");
            }
        }

        /** Words, and nothing else. */
        public Message(Role role, String content) {
            this(role, content, List.of(), null);
        }

        /** The assistant wants tools to be called. */
        public static Message calling(String content, ToolCall... calls) {
            return new Message(Role.ASSISTANT, content, List.of(calls), null);
        }

        /** What came of a call. */
        public static Message result(String callId, String content) {
            return new Message(Role.TOOL, content, List.of(), callId);
        }

        /** UTF-16 units of all texts. */
        public int size() {
            return content.length() + calls.stream().mapToInt(ToolCall::size).sum();
        }
    }
}
