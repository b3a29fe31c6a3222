package dev.orrery.pipeline.prompt.document;

import dev.orrery.pipeline.prompt.template.Template;
import dev.orrery.pipeline.prompt.variables.CleanText;
import dev.orrery.pipeline.prompt.variables.Moment;
import dev.orrery.pipeline.prompt.variables.ResponseLength;
import dev.orrery.pipeline.prompt.variables.Scene;
import dev.orrery.pipeline.prompt.variables.Variable;
import dev.orrery.pipeline.prompt.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled piece of a document. Equal scenes give equal values. */
sealed interface Part {

    /** What stands here in this scene; null when nothing does, and its key goes with it. */
    @Nullable YamlValue in(Scene scene);

    /** The same in every scene. */
    record Fixed(YamlValue value) implements Part {

        @Override
        public YamlValue in(Scene scene) {
            return value;
        }
    }

    /** A text, rendered before it is written, so that no value can leave its leaf. */
    record Written(Template template) implements Part {

        @Override
        public YamlValue in(Scene scene) {
            return YamlValue.text(CleanText.printable(template.render(scene)));
        }
    }

    record Listing(List<Part> items) implements Part {

        @Override
        public @Nullable YamlValue in(Scene scene) {
            var shown = new ArrayList<YamlValue>(items.size());
            for (var item : items) {
                var value = item.in(scene);
                if (value != null) {
                    shown.add(value);
                }
            }
            return shown.isEmpty() ? null : new YamlValue.Listing(shown);
        }
    }

    record Mapping(List<Member> members) implements Part {

        record Member(String key, Part part) {}

        @Override
        public @Nullable YamlValue in(Scene scene) {
            var shown = new ArrayList<YamlValue.Entry>(members.size());
            for (var member : members) {
                var value = member.part().in(scene);
                if (value != null) {
                    shown.add(new YamlValue.Entry(member.key(), value));
                }
            }
            return shown.isEmpty() ? null : new YamlValue.Mapping(shown);
        }
    }

    /** {@code $when} and {@code $value}: shown where the condition holds and there is something. */
    record Conditional(Condition condition, Part part) implements Part {

        @Override
        public @Nullable YamlValue in(Scene scene) {
            if (!condition.holdsIn(scene)) {
                return null;
            }
            var value = part.in(scene);
            return value == null || value.isEmpty() ? null : value;
        }
    }

    /** {@code $role}. */
    record Role(Template profession) implements Part {

        @Override
        public YamlValue in(Scene scene) {
            var bot = scene.bot();
            var sentence = RoleSentence.of(bot.name(), bot.sex(), profession.render(scene));
            return YamlValue.text(CleanText.printable(sentence));
        }
    }

    /** {@code $language}. */
    record ByLanguage(LanguageTexts texts) implements Part {

        @Override
        public YamlValue in(Scene scene) {
            return new Written(texts.in(scene)).in(scene);
        }
    }

    /** {@code $length}; what has no text of its own says the standard sentence. */
    record ByLength(Map<ResponseLength, Template> texts) implements Part {

        @Override
        public YamlValue in(Scene scene) {
            var length = scene.bot().length();
            var text = texts.get(length);
            return text == null ? YamlValue.text(length.sentence()) : new Written(text).in(scene);
        }
    }

    /**
     * {@code $daily_context}: the turn's one instant, as the time variables write it.
     *
     * @param ofUser in the user's zone, where the profile names one; else in the bot's
     */
    record DailyContext(boolean ofUser) implements Part {

        @Override
        public YamlValue in(Scene scene) {
            var zone = ofUser ? scene.userZone() : scene.bot().zone();
            var moment = Moment.of(scene.acceptedAt(), zone);
            return new YamlValue.Mapping(
                    List.of(
                            new YamlValue.Entry("Date", YamlValue.text(moment.date())),
                            new YamlValue.Entry("Time", YamlValue.text(moment.time())),
                            new YamlValue.Entry(
                                    "Day of week", YamlValue.text(moment.dayOfWeek()))));
        }
    }

    /** {@code $fact}: external data of a kind, or nothing. */
    record FactOf(String kind) implements Part {

        @Override
        public @Nullable YamlValue in(Scene scene) {
            var text = scene.shownFact(kind);
            return text == null || text.isBlank()
                    ? null
                    : YamlValue.text(CleanText.printable(text));
        }
    }

    /** {@code $summary}: of what the history has no room for, or nothing. */
    record SummaryOfConversation() implements Part {

        @Override
        public @Nullable YamlValue in(Scene scene) {
            var text = scene.of(Variable.CONVERSATION_SUMMARY.wireName());
            return text == null || text.isEmpty()
                    ? null
                    : YamlValue.text(CleanText.printable(text));
        }
    }

    /**
     * {@code $memories}: the newest of them, oldest first.
     *
     * @param most at least 1
     */
    record Memories(int most) implements Part {

        @Override
        public @Nullable YamlValue in(Scene scene) {
            var all = scene.shownMemories();
            var newest = all.subList(Math.max(0, all.size() - most), all.size());
            return newest.isEmpty()
                    ? null
                    : new YamlValue.Listing(newest.stream().map(YamlValue::text).toList());
        }
    }
}
