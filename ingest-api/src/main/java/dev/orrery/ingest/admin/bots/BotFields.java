package dev.orrery.ingest.admin.bots;

import dev.orrery.pipeline.http.Fields;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What people may say about a bot.
 *
 * @param name 1 to 255 characters
 * @param avatar address of a picture, at most 255 characters
 * @param status draft, live, paused or archived; users see it while it is live
 * @param type companion, assistant or astrologer
 * @param rank its place in lists, lowest first, 0 or more
 * @param metadata see {@link BotMetadata}
 * @param price see {@link BotPrice}
 */
record BotFields(
        String name,
        String description,
        @Nullable String avatar,
        String status,
        String type,
        int rank,
        ObjectNode metadata,
        JsonNode price) {

    private static final String[] FIELDS = {
        "name", "description", "avatar", "status", "type", "rank", "metadata", "price"
    };
    private static final String[] FIELDS_OF_A_NEW_ONE = {
        "name", "slug", "description", "avatar", "status", "type", "rank", "metadata", "price"
    };

    /** A new bot costs nothing, and nobody sees it, unless it says otherwise. */
    private static BotFields unsaid(String name) {
        return new BotFields(
                name,
                "",
                null,
                "draft",
                "companion",
                0,
                JsonNodeFactory.instance.objectNode(),
                BotPrice.FREE);
    }

    static BotFields of(Fields document) {
        document.allowing(FIELDS_OF_A_NEW_ONE);
        return unsaid(document.text("name", 255)).with(document);
    }

    /** The slug that a new bot asks for; null, for none or a blank one, lets its name decide. */
    static @Nullable String slug(Fields document) {
        var slug = document.anyText("slug", 255);
        if (slug == null || slug.isBlank()) {
            return null;
        }
        if (!Slug.isOne(slug)) {
            throw document.invalid(
                    "slug", "not a slug (expected: a-z and 0-9, in words joined by hyphens)");
        }
        return slug;
    }

    /** What is said replaces what was said before; what is not mentioned stays. */
    BotFields changedBy(Fields document) {
        return with(document.allowing(FIELDS));
    }

    private BotFields with(Fields document) {
        var saidDescription = document.anyText("description", 20_000);
        var saidStatus = document.optionalChoice("status", "draft", "live", "paused", "archived");
        var saidType = document.optionalChoice("type", "companion", "assistant", "astrologer");
        var saidPrice = document.optionalObject("price");
        return new BotFields(
                document.mentions("name") ? document.text("name", 255) : name,
                document.mentions("description")
                        ? (saidDescription == null ? "" : saidDescription)
                        : description,
                document.mentions("avatar") ? document.optionalText("avatar", 255) : avatar,
                saidStatus == null ? status : saidStatus,
                saidType == null ? type : saidType,
                (int) document.wholeNumber("rank", 0, Integer.MAX_VALUE, rank),
                BotMetadata.changed(metadata, document.optionalObject("metadata")),
                saidPrice == null ? price : BotPrice.of(saidPrice));
    }
}
