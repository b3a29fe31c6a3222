package dev.orrery.llm.http;

/** Whether something is done that is only safe in some places. */
public enum Permission {
    REFUSED,
    ALLOWED
}
