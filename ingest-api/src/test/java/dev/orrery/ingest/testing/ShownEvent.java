package dev.orrery.ingest.testing;

/** One server-sent event as a client sees it. */
public record ShownEvent(long id, String name, String data) {

    public boolean ends() {
        return name.equals("completed") || name.equals("failed");
    }
}
