package dev.orrery.llm.hostile;

/** What Bedrock speaks: binary frames for whoever wants a stream, else JSON. */
public final class EventFrames implements Language {

    static final EventFrames BEDROCK = new EventFrames();

    static final byte[] OPENING = Frame.event("messageStart", "{\"role\":\"assistant\"}");
    static final byte[] STOP = Frame.event("messageStop", "{\"stopReason\":\"end_turn\"}");
    static final byte[] USAGE = usage(9, 3);

    private EventFrames() {}

    static byte[] usage(int input, int output) {
        return Frame.event(
                "metadata",
                "{\"usage\":{\"inputTokens\":%d,\"outputTokens\":%d,\"totalTokens\":12}}"
                        .formatted(input, output));
    }

    static byte[] text(String text) {
        return delta("{\"text\":\"%s\"}".formatted(text));
    }

    static byte[] delta(String delta) {
        return Frame.event(
                "contentBlockDelta",
                "{\"contentBlockIndex\":0,\"delta\":%s,\"p\":\"abcd\"}".formatted(delta));
    }

    @Override
    public String protocol() {
        return "bedrock";
    }

    @Override
    public boolean hasWhole() {
        return true;
    }

    @Override
    public boolean isReadBySdk() {
        return true;
    }

    @Override
    public String type(boolean streamed) {
        return streamed ? Heads.FRAMES : Heads.JSON;
    }

    @Override
    public byte[] pieces(String... texts) {
        var answer = OPENING;
        for (var text : texts) {
            answer = Frame.joined(answer, text(text));
        }
        return Frame.joined(
                answer, Frame.event("contentBlockStop", "{\"contentBlockIndex\":0}"), STOP, USAGE);
    }

    @Override
    public byte[] beginning(String text) {
        return Frame.joined(OPENING, text(text));
    }

    @Override
    public byte[] all(String text) {
        return TransportFaults.bytes(message("{\"text\":\"%s\"}".formatted(text)));
    }

    static String message(String block) {
        return """
        {"output":{"message":{"role":"assistant","content":[%s]}},"stopReason":"end_turn",\
        "usage":{"inputTokens":9,"outputTokens":3,"totalTokens":12}}\
        """
                .formatted(block);
    }
}
