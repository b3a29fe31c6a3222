package dev.orrery.pipeline.prompt.document;

import dev.orrery.events.CacheLayer;
import dev.orrery.events.Fact;
import dev.orrery.events.FactState;
import dev.orrery.pipeline.prompt.variables.Bot;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Scenes;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Renders documents for the people and bots of {@link Scenes}. */
final class Rendering {

    private Rendering() {}

    static String rendered(String source) {
        return rendered(source, Scenes.usual());
    }

    static String rendered(String source, Scene scene) {
        return PromptDocument.of(source).render(scene);
    }

    static Bot bot(String metadata) {
        return Bot.of("Nova", "A guide.", JsonMapper.shared().readTree(metadata));
    }

    static Scene of(String botMetadata, String profile) {
        return Scenes.with(bot(botMetadata), profile, List.of(), List.of());
    }

    static Scene with(Fact... facts) {
        return Scenes.with(Scenes.NOVA, Scenes.ASHA, List.of(facts), List.of());
    }

    static Scene remembering(String... memories) {
        return Scenes.with(Scenes.NOVA, Scenes.ASHA, List.of(), List.of(memories));
    }

    static Fact fact(String kind, String text) {
        return Fact.newBuilder()
                .setKind(kind)
                .setState(FactState.FRESH)
                .setLayer(CacheLayer.API)
                .setText(text)
                .setFetchedAt(Instant.parse("2026-01-14T22:00:00Z"))
                .build();
    }
}
