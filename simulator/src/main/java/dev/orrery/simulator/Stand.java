package dev.orrery.simulator;

import dev.orrery.simulator.aisdk.AiSdk;
import dev.orrery.simulator.anthropic.Anthropic;
import dev.orrery.simulator.astrology.AstrologyApi;
import dev.orrery.simulator.bedrock.Bedrock;
import dev.orrery.simulator.chat.ChatProvider;
import dev.orrery.simulator.gemini.Gemini;
import dev.orrery.simulator.http.Provider;
import dev.orrery.simulator.openai.OpenAi;
import dev.orrery.simulator.rates.Frankfurter;
import dev.orrery.simulator.script.Script;
import dev.orrery.simulator.weather.OpenMeteo;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/**
 * Where each service stands, and what plays it.
 *
 * @param code as Orrery's configuration and everybody else names it, in lower case
 * @param name for people
 * @param base what its paths begin with
 * @param route what a client's base URL has behind that; mostly nothing
 * @param standard what a call follows if nobody says anything else
 * @param provider reads its requests
 */
record Stand(
        String code,
        String name,
        String base,
        String route,
        Script standard,
        Function<Clock, Provider> provider) {

    static final List<Stand> ALL =
            List.of(
                    ofModels("openai", "OpenAI", "/openai/v1", OpenAi::original),
                    ofModels("anthropic", "Anthropic", "/anthropic/v1", Anthropic::messages),
                    ofModels("gemini", "Gemini", "/gemini/v1beta", Gemini::generateContent),
                    ofModels("bedrock", "Amazon Bedrock", "/bedrock", Bedrock::converse),
                    ofModels("groq", "Groq", "/groq/openai/v1", OpenAi::groq),
                    ofModels("byteplus", "BytePlus", "/byteplus/api/v3", OpenAi::bytePlus),
                    ofModels("openrouter", "OpenRouter", "/openrouter/api/v1", OpenAi::openRouter),
                    ofModels("mistral", "Mistral", "/mistral/v1", OpenAi::mistral),
                    new Stand(
                            "ai-sdk",
                            "Vercel AI SDK",
                            "/ai-sdk",
                            "/api/chat",
                            ChatProvider.HEALTHY,
                            AiSdk::chat),
                    new Stand(
                            "astrology",
                            "AstrologyAPI.com",
                            "/astrology/v1",
                            "",
                            AstrologyApi.HEALTHY,
                            AstrologyApi::new),
                    new Stand(
                            "weather",
                            "Open-Meteo",
                            "/weather/v1",
                            "",
                            OpenMeteo.HEALTHY,
                            OpenMeteo::new),
                    new Stand(
                            "exchange-rates",
                            "Frankfurter",
                            "/exchange-rates/v2",
                            "",
                            Frankfurter.HEALTHY,
                            Frankfurter::new));

    private static Stand ofModels(
            String code, String name, String base, Function<Clock, Provider> provider) {
        return new Stand(code, name, base, "", ChatProvider.HEALTHY, provider);
    }
}
