package dev.orrery.pipeline.prompt.variables;

import dev.orrery.ids.DerivedId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The names a template may use: each with what it stands for, how far its text can be trusted, and
 * how it is written.
 */
public enum Variable {
    BOT_NAME(Category.BOT_INFO, Trust.OPERATOR, "Name of the bot.", scene -> scene.bot().name()),
    BOT_DESCRIPTION(
            Category.BOT_INFO,
            Trust.OPERATOR,
            "Description of the bot.",
            scene -> scene.bot().description()),
    BOT_SCENE_DESC(
            Category.BOT_INFO,
            Trust.OPERATOR,
            "Scene the bot plays in.",
            scene -> scene.bot().sceneDescription()),
    USER_NAME(
            Category.USER_INPUT,
            Trust.USER,
            "Name of the user.",
            scene -> profileField(scene, "name")),
    USER_AGE(
            Category.USER_INPUT,
            Trust.USER,
            "Age of the user in years: as they say, else by their date of birth.",
            Variable::age),
    USER_GENDER(
            Category.USER_INPUT,
            Trust.USER,
            "Gender of the user.",
            scene -> profileField(scene, "gender")),
    USER_MESSAGE(
            Category.USER_INPUT,
            Trust.USER,
            "The message that is being answered.",
            scene -> CleanText.of(scene.message(), Limits.MESSAGE)),
    CONVERSATION_HISTORY(
            Category.USER_INPUT,
            Trust.USER,
            "What was said before, one line per message, oldest first.",
            scene -> Transcript.of(scene.beginning().greeting(), scene.history())),
    USER_ASTRO_DATA(
            Category.USER_INPUT,
            Trust.EXTERNAL,
            "The user's birth chart, or a sentence that says it is not there.",
            scene -> FactText.BIRTH_CHART.in(scene.facts())),
    CURRENT_TIME(
            Category.SYSTEM,
            Trust.SYSTEM,
            "Time of the message in the bot's zone, for example 02:45 PM.",
            scene -> Moment.of(scene).time()),
    CURRENT_DATE(
            Category.SYSTEM,
            Trust.SYSTEM,
            "Date of the message in the bot's zone, for example 15 January 2026.",
            scene -> Moment.of(scene).date()),
    DAY_OF_WEEK(
            Category.SYSTEM,
            Trust.SYSTEM,
            "Day of the message in the bot's zone, for example Thursday.",
            scene -> Moment.of(scene).dayOfWeek()),
    RANDOM_NUMBER_1_4(
            Category.COMMON,
            Trust.SYSTEM,
            "A number from 1 to 4, drawn once for each turn.",
            scene -> Integer.toString(drawn(scene))),
    CONVERSATION_SUMMARY(
            Category.USER_INPUT,
            Trust.USER,
            "What was said before the history, summed up; empty until there is a summary.",
            scene -> CleanText.of(scene.beginning().summaryText(), Limits.SUMMARY).strip());

    /** Where a variable is listed. */
    public enum Category {
        BOT_INFO("Bot Info"),
        USER_INPUT("User Input"),
        SYSTEM("System"),
        COMMON("Common");

        private final String title;

        Category(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    /** Who decides what a variable says. */
    public enum Trust {
        /** Those who run the bot. */
        OPERATOR,
        /** The user, who may try to give the model orders. */
        USER,
        /** An outside service. */
        EXTERNAL,
        /** This program. */
        SYSTEM
    }

    /**
     * The most code points a user's text may have; here, because an enum's constants are made
     * before its fields.
     */
    private static final class Limits {
        static final int FIELD = 100;
        static final int MESSAGE = 32_000;
        static final int SUMMARY = 32_000;
    }

    private static final Map<String, Variable> BY_NAME =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Variable::wireName, Function.identity()));

    private final Category category;
    private final Trust trust;
    private final String description;
    private final Function<Scene, String> value;

    Variable(Category category, Trust trust, String description, Function<Scene, String> value) {
        this.category = category;
        this.trust = trust;
        this.description = description;
        this.value = value;
    }

    /** The variable a template calls by exactly this name. */
    public static Optional<Variable> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Name in a template: lower case, words joined by underscores. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Category category() {
        return category;
    }

    public Trust trust() {
        return trust;
    }

    public String description() {
        return description;
    }

    /**
     * What it stands for in this scene; the same scene gives the same text. Empty when there is
     * nothing to say.
     */
    public String valueIn(Scene scene) {
        return value.apply(scene);
    }

    private static String profileField(Scene scene, String field) {
        return CleanText.of(scene.profile().text(field), Limits.FIELD);
    }

    private static String age(Scene scene) {
        var stated = profileField(scene, "age");
        return stated.isEmpty()
                ? scene.profile().ageOn(scene.acceptedAt().atZone(scene.bot().zone()).toLocalDate())
                : stated;
    }

    /**
     * Two bits of a hash of the turn's id: evenly spread over turns, and the same again when a turn
     * is redelivered.
     */
    private static int drawn(Scene scene) {
        return 1
                + (int)
                        (DerivedId.of(scene.turn(), "random_number_1_4").getLeastSignificantBits()
                                & 0b11);
    }
}
