package dev.orrery.llm.gateway;

/** Bodies that tests begin with. */
final class Asks {

    /** One question to openai, and nobody else. */
    static final String SIMPLE = with("\"fallbacks\":[]");

    /** The same, followed by groq. */
    static final String WITH_FALLBACK =
            with("\"fallbacks\":[{\"provider\":\"groq\",\"model\":\"llama\",\"retry\":0}]");

    private Asks() {}

    /**
     * @param more further fields, without braces
     */
    static String with(String more) {
        return """
        {"provider":"openai","model":"gpt","system_instruction":"Be brief.",
         "messages":[{"role":"user","content":"What is a sextile?"}],%s}\
        """
                .formatted(more);
    }

    static String streamed(String more) {
        return with(
                "\"fallbacks\":[{\"provider\":\"groq\",\"model\":\"llama\"}],\"stream\":true"
                        + more);
    }
}
