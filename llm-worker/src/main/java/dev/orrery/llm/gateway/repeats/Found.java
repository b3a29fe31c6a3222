package dev.orrery.llm.gateway.repeats;

/** What stands under the name of a request, for whoever wants to answer it. */
sealed interface Found {

    /** Nothing stood there; now the name is theirs. */
    record Nothing() implements Found {}

    record Something(Entry entry) implements Found {}

    /** Somebody's entry ended between two looks. */
    record GoneAgain() implements Found {}

    /** As an older or a newer version of us writes, or nobody. */
    record Unreadable() implements Found {}

    /** Redis was asked and did not say, so that the name may be theirs. */
    record Unclear() implements Found {}

    /** Redis is away, and was not asked. */
    record Unknown() implements Found {}
}
