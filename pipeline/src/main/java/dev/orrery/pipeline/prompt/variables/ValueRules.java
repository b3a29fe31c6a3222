package dev.orrery.pipeline.prompt.variables;

import dev.orrery.pipeline.prompt.yaml.YamlStyle;

/**
 * What a revision says about values.
 *
 * @param fencesUserValues whether what users and outside services say is put between marks, see
 *     {@code metadata.fence_user_values}
 * @param custom the revision's own values, before those of the bot
 * @param style how a document of values is written
 */
public record ValueRules(boolean fencesUserValues, CustomValues custom, YamlStyle style) {

    public static final ValueRules NONE = new ValueRules(false, CustomValues.NONE);

    /** With documents in the usual style. */
    public ValueRules(boolean fencesUserValues, CustomValues custom) {
        this(fencesUserValues, custom, YamlStyle.READABLE);
    }

    /** Whether a value of this trust stands between marks. */
    boolean fence(Variable.Trust trust) {
        return fencesUserValues
                && switch (trust) {
                    case USER, EXTERNAL -> true;
                    case OPERATOR, SYSTEM -> false;
                };
    }
}
