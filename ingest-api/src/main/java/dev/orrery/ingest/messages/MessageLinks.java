package dev.orrery.ingest.messages;

/** Where a client goes from here. */
record MessageLinks(String self, String events, String cancel) {

    static MessageLinks of(String id) {
        var self = "/v1/messages/" + id;
        return new MessageLinks(self, self + "/events", self + "/cancel");
    }
}
