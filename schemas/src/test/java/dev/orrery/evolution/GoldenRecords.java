package dev.orrery.evolution;

import dev.orrery.events.AttemptTrace;
import dev.orrery.events.CacheLayer;
import dev.orrery.events.CancelRequested;
import dev.orrery.events.ChatOutcome;
import dev.orrery.events.ChatRequested;
import dev.orrery.events.ContextAssembled;
import dev.orrery.events.EntryPosted;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.events.OutcomeState;
import dev.orrery.events.PhraseList;
import dev.orrery.events.PlannedAttempt;
import dev.orrery.events.PromptMessage;
import dev.orrery.events.PromptRendered;
import dev.orrery.events.PromptTool;
import dev.orrery.events.PromptToolCall;
import dev.orrery.events.ReplyEnding;
import dev.orrery.events.ReplyEvent;
import dev.orrery.events.ReplyKind;
import dev.orrery.events.ReplyToolCall;
import dev.orrery.events.SafetyPolicy;
import dev.orrery.events.SummaryRef;
import dev.orrery.events.TextPolicy;
import dev.orrery.events.TokenUsage;
import dev.orrery.events.ToolCallTrace;
import dev.orrery.events.TurnRef;
import dev.orrery.events.WantedFact;
import dev.orrery.events.WorkerTuning;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record of each event with every field set, to a value that no other field of it has and that
 * is not its default. A new field gets its value here in the change that adds it.
 */
final class GoldenRecords {

    private static final Instant TIME = Instant.parse("2026-11-24T10:15:30.123Z");

    private GoldenRecords() {}

    static SpecificRecord of(String event) {
        return switch (event) {
            case "ChatRequested" -> requested();
            case "ContextAssembled" -> context();
            case "PromptRendered" -> prompt();
            case "ReplyEvent" -> reply();
            case "CancelRequested" -> cancellation();
            case "ChatOutcome" -> outcome();
            case "EntryPosted" -> entry();
            case "WorkerTuning" -> tuning();
            default -> throw new AssertionError(event + " has no golden record: write one here");
        };
    }

    private static TurnRef turn() {
        return TurnRef.newBuilder()
                .setTurnId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0001")
                .setSessionId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0002")
                .setUserId("मीरा ✨ user")
                .setWalletId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0003")
                .setBotId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0004")
                .setSequence(41)
                .setRevisionId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0005")
                .setExperimentArm("warmer")
                .setProfileVersion(3)
                .setAcceptedAt(TIME)
                .setDeadline(TIME.plusSeconds(30))
                .setReplyPartition(11)
                .setReplayId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0006")
                .build();
    }

    private static ChatRequested requested() {
        return ChatRequested.newBuilder()
                .setTurn(turn())
                .setText("What does {{this}} week hold? 🌙")
                .setFacts(
                        List.of(
                                WantedFact.newBuilder()
                                        .setKind("birth_chart")
                                        .setIndispensable(true)
                                        .setFormat("xml")
                                        .build()))
                .build();
    }

    private static ContextAssembled context() {
        return ContextAssembled.newBuilder()
                .setTurn(turn())
                .setText("What does this week hold?")
                .setFacts(
                        List.of(
                                Fact.newBuilder()
                                        .setKind("birth_chart")
                                        .setState(FactState.STALE)
                                        .setLayer(CacheLayer.REDIS)
                                        .setText("## Chart\n* Moon in Taurus")
                                        .setAbsence("source_failed")
                                        .setFetchedAt(TIME.minusSeconds(86_400))
                                        .setTookMillis(17)
                                        .build()))
                .build();
    }

    private static TextPolicy policy(
            String category, String phrase, String provider, String model) {
        return TextPolicy.newBuilder()
                .setBuiltIn(true)
                .setPhrases(List.of(new PhraseList(category, List.of(phrase))))
                .setProvider(provider)
                .setModel(model)
                .setRefusesUnjudged(true)
                .build();
    }

    private static PromptRendered prompt() {
        return PromptRendered.newBuilder()
                .setTurn(turn())
                .setPromptHash("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                .setSystemInstruction("You are Mira.")
                .setMessages(
                        List.of(
                                PromptMessage.newBuilder()
                                        .setRole("user")
                                        .setContent("Hello")
                                        .setToolCalls(List.of(call("call_5")))
                                        .setAnswers("call_4")
                                        .build(),
                                PromptMessage.newBuilder()
                                        .setRole("assistant")
                                        .setContent("Namaste")
                                        .setToolCalls(List.of(call("call_7")))
                                        .setAnswers("call_6")
                                        .build()))
                .setAttempts(
                        List.of(
                                PlannedAttempt.newBuilder()
                                        .setProvider("bedrock")
                                        .setModel("claude")
                                        .setRegion("ap-south-1")
                                        .setRetry(2)
                                        .setConnectMillis(1_001)
                                        .setFirstTokenMillis(9_002)
                                        .setStallMillis(8_003)
                                        .setTotalMillis(45_004)
                                        .setSkip("region_not_allowed")
                                        .setApiEndpoint("https://models.example/v1")
                                        .build()))
                .setTemperature(0.7)
                .setTopP(0.9)
                .setTopK(40)
                .setMaxOutputTokens(1_024)
                .setHedge(true)
                .setContentFilteredIsFinal(true)
                .setContextTooLongIsFinal(true)
                .setSafety(
                        SafetyPolicy.newBuilder()
                                .setInput(policy("violence", "build a bomb", "openai", "judge-1"))
                                .setOutput(policy("spam", "buy now", "mistral", "judge-2"))
                                .setHelpText("You are not alone.\n\n• 14416")
                                .build())
                .setTools(
                        List.of(
                                PromptTool.newBuilder()
                                        .setName("get_weather")
                                        .setDescription("The weather where the user is.")
                                        .setParameters("{\"type\": \"object\"}")
                                        .setHandler("weather")
                                        .setTimeoutMillis(2_001)
                                        .build()))
                .setToolsRequired(true)
                .setSummary(SummaryRef.newBuilder().setVersion(3).setThroughSequence(30).build())
                .build();
    }

    private static PromptToolCall call(String id) {
        return PromptToolCall.newBuilder()
                .setId(id)
                .setName("get_weather")
                .setArguments("{\"profile\": 1}")
                .build();
    }

    private static ReplyEvent reply() {
        return ReplyEvent.newBuilder()
                .setTurnId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0001")
                .setEpoch(9_000_000_000L)
                .setSequence(999_999)
                .setKind(ReplyKind.COMPLETED)
                .setText("The stars say yes.")
                .setStage("llm")
                .setAttempt(2)
                .setToolCall(
                        ReplyToolCall.newBuilder()
                                .setId("call_8")
                                .setName("get_birth_chart")
                                .setArguments("{\"profile\": 2}")
                                .setState("answered")
                                .build())
                .setEnding(
                        ReplyEnding.newBuilder()
                                .setTurn(turn())
                                .setCode("cancelled")
                                .setMessage("Stopped.")
                                .setFinishReason("length")
                                .setProvider("openai")
                                .setModel("gpt-5-mini")
                                .setUsage(usage())
                                .setChargeMicros(219_400)
                                .setCurrency("INR")
                                .build())
                .build();
    }

    private static TokenUsage usage() {
        return TokenUsage.newBuilder()
                .setInputTokens(812)
                .setOutputTokens(95)
                .setCachedInputTokens(512L)
                .setReasoningTokens(31L)
                .setEstimated(true)
                .build();
    }

    private static CancelRequested cancellation() {
        return CancelRequested.newBuilder()
                .setTurnId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0001")
                .setRequestedAt(TIME)
                .build();
    }

    private static ChatOutcome outcome() {
        return ChatOutcome.newBuilder()
                .setTurn(turn())
                .setState(OutcomeState.COMPLETED)
                .setCode("cancelled")
                .setText("The stars say yes.")
                .setFinishReason("stop")
                .setProvider("openai")
                .setModel("gpt-5-mini")
                .setRegion("eu-west-1")
                .setUsage(usage())
                .setAttempts(
                        List.of(
                                AttemptTrace.newBuilder()
                                        .setNumber(1)
                                        .setProvider("groq")
                                        .setModel("llama")
                                        .setRegion("us-east-1")
                                        .setResult("rate_limited")
                                        .setFirstTokenMillis(210L)
                                        .setTookMillis(345)
                                        .setCostUsdMicros(1_207L)
                                        .build()))
                .setCostUsdMicros(1_208L)
                .setToolCalls(
                        List.of(
                                ToolCallTrace.newBuilder()
                                        .setRound(2)
                                        .setId("call_9")
                                        .setName("get_exchange_rate")
                                        .setArguments("{\"base\": \"INR\"}")
                                        .setResult("1 INR = 0.0113 USD")
                                        .setOutcome("answered")
                                        .setTookMillis(46)
                                        .build()))
                .setMarks(List.of("crisis"))
                .setChargeMicros(Long.MAX_VALUE)
                .setCurrency("INR")
                .setPromptHash("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                .setFirstTokenMillis(980L)
                .setFinishedAt(TIME.plusSeconds(4))
                .build();
    }

    private static EntryPosted entry() {
        return EntryPosted.newBuilder()
                .setEntryKey("use:0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0001")
                .setEntryNumber(4_711)
                .setWalletId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0003")
                .setDebitAccount("wallet:0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0003")
                .setCreditAccount("platform:revenue")
                .setAmountMicros(219_400)
                .setCurrency("INR")
                .setTurnId("0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0001")
                .setReverses("use:0b6f6c1e-9d0e-4c55-8c58-6d2c1f0a0007")
                .setPostedAt(TIME)
                .build();
    }

    private static WorkerTuning tuning() {
        return WorkerTuning.newBuilder()
                .setWorker("llm")
                .setConcurrency(64)
                .setRatePerSecond(12.5)
                .setPaused(true)
                .setChangedBy("ada")
                .setChangedAt(TIME)
                .build();
    }
}
