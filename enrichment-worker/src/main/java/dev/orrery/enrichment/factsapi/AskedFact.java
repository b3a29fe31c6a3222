package dev.orrery.enrichment.factsapi;

import dev.orrery.pipeline.http.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A fact that somebody asks for.
 *
 * @param user whose profile it is about; the caller's word, never a model's
 * @param profileVersion 0 when the user has told nothing
 * @param kind of the source
 * @param format as a bot's metadata name it
 * @param arguments what is asked beyond the profile, as it was sent; the source looks at it
 */
record AskedFact(String user, int profileVersion, String kind, String format, Fields arguments) {

    private static final int MOST_CHARACTERS_OF_A_USER = 255;
    private static final String SECOND = "second";

    /**
     * @throws dev.orrery.pipeline.http.Problem when a field is not what it should be
     */
    static AskedFact of(String kind, Fields body) {
        body.allowing("user_id", "profile_version", "profile", "format", "arguments");
        var profile = body.optionalChoice("profile", "first", SECOND);
        return new AskedFact(
                body.text("user_id", MOST_CHARACTERS_OF_A_USER),
                (int) body.wholeNumber("profile_version", 0, Integer.MAX_VALUE),
                SECOND.equals(profile) ? SECOND + "_" + kind : kind,
                orMarkdown(body.optionalChoice("format", "markdown", "json", "xml")),
                body.object("arguments"));
    }

    private static String orMarkdown(@Nullable String format) {
        return format == null ? "markdown" : format;
    }

    /** Nothing of what is asked: it may be personal data. */
    @Override
    public String toString() {
        return "AskedFact[" + kind + "]";
    }
}
