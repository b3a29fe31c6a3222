package dev.orrery.ingest.messages;

import dev.orrery.ingest.paging.Cursor;
import dev.orrery.ingest.paging.Page;
import dev.orrery.ingest.paging.PageRequest;
import dev.orrery.ingest.turns.SessionStart;
import dev.orrery.pipeline.turn.TurnRow;
import java.util.ArrayList;
import java.util.List;

/** A session as a list of what was said, newest first. */
final class ConversationPage {

    private ConversationPage() {}

    /**
     * The greeting is the oldest item, so it stands on the page that reaches the beginning.
     *
     * @param turns one more than asked for, if there is one more
     */
    static Page<ConversationItem> of(SessionStart start, List<TurnRow> turns, PageRequest asked) {
        var items = new ArrayList<ConversationItem>(turns.size() + 1);
        turns.forEach(turn -> items.add(MessageView.of(turn)));
        if (turns.size() <= asked.limit() && start.greeting() != null) {
            items.add(GreetingView.of(start.session(), start.greeting(), start.begun()));
        }
        return Page.of(items, asked, item -> Cursor.of(item.sequence()));
    }
}
