package dev.orrery.llm.safety;

import dev.orrery.pipeline.safety.TextCheck.ModelName;
import java.util.Optional;

/**
 * How texts of one side are checked.
 *
 * @param phrases may be empty
 * @param model asked where the phrases find nothing
 * @param refusesUnjudged whether a text is refused that the model could not judge
 */
record Check(Phrases phrases, Optional<ModelName> model, boolean refusesUnjudged) {

    /** Nothing is looked at. */
    static final Check NONE = new Check(Phrases.NONE, Optional.empty(), false);

    boolean isOn() {
        return !phrases.isEmpty() || model.isPresent();
    }
}
