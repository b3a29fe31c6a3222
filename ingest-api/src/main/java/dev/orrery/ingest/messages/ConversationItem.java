package dev.orrery.ingest.messages;

/** What stands in a conversation: messages, and before the first of them maybe a greeting. */
sealed interface ConversationItem permits MessageView, GreetingView {

    /** Its place, counted from 1; 0 for a greeting. */
    int sequence();
}
