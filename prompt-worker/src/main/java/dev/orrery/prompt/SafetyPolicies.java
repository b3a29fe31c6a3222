package dev.orrery.prompt;

import dev.orrery.events.PhraseList;
import dev.orrery.events.SafetyPolicy;
import dev.orrery.events.TextPolicy;
import dev.orrery.pipeline.prompt.variables.Profile;
import dev.orrery.pipeline.safety.Safety;
import dev.orrery.pipeline.safety.TextCheck;
import org.jspecify.annotations.Nullable;

/** What a revision wants of safety, for one user: as whoever asks the models is told it. */
final class SafetyPolicies {

    private SafetyPolicies() {}

    /** Null where nothing is to be checked. */
    static @Nullable SafetyPolicy of(Safety safety, Profile profile) {
        if (!safety.isOn()) {
            return null;
        }
        return SafetyPolicy.newBuilder()
                .setInput(policy(safety.input()))
                .setOutput(policy(safety.output()))
                .setHelpText(
                        safety.crisis().textFor(profile.text("language"), profile.text("country")))
                .build();
    }

    private static TextPolicy policy(TextCheck check) {
        var model = check.model();
        return TextPolicy.newBuilder()
                .setBuiltIn(check.builtIn())
                .setPhrases(
                        check.phrases().entrySet().stream()
                                .map(each -> new PhraseList(each.getKey(), each.getValue()))
                                .toList())
                .setProvider(model == null ? null : model.provider())
                .setModel(model == null ? null : model.model())
                .setRefusesUnjudged(check.refusesUnjudged())
                .build();
    }
}
