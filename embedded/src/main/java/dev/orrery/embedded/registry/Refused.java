package dev.orrery.embedded.registry;

import java.io.Serial;
import java.util.List;

/** A request that the registry answers with an error; statuses, codes and texts are Confluent's. */
final class Refused extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    private final int status;

    private final int code;

    private Refused(int status, int code, String message) {
        // No stack trace: this is an answer, not a fault.
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static Refused subjectNotFound(String subject) {
        return new Refused(404, 40401, "Subject '%s' not found.".formatted(subject));
    }

    static Refused versionNotFound(int version) {
        return new Refused(404, 40402, "Version %d not found.".formatted(version));
    }

    static Refused schemaNotFound() {
        return new Refused(404, 40403, "Schema not found");
    }

    static Refused schemaNotFound(int id) {
        return new Refused(404, 40403, "Schema %d not found".formatted(id));
    }

    static Refused subjectHasNoLevel(String subject) {
        return new Refused(
                404,
                40408,
                "Subject '%s' does not have subject-level compatibility configured"
                        .formatted(subject));
    }

    static Refused incompatible(String subject, List<String> objections) {
        return new Refused(
                409,
                409,
                "Schema being registered is incompatible with an earlier schema for subject \"%s\", details: %s"
                        .formatted(subject, objections));
    }

    static Refused invalidSchema(String reason) {
        return new Refused(422, 42201, "Invalid schema: " + reason);
    }

    static Refused invalidVersion(String version) {
        return new Refused(
                422,
                42202,
                "The specified version '%s' is not a valid version id. Allowed values are 1 to 2147483647 and 'latest'"
                        .formatted(version));
    }

    static Refused invalidLevel(String level) {
        return new Refused(
                422,
                42203,
                "Invalid compatibility level: %s (expected one of %s)"
                        .formatted(level, List.of(CompatibilityLevel.values())));
    }

    static Refused unreadable(String reason) {
        return new Refused(400, 400, "Request is not JSON as expected: " + reason);
    }

    static Refused tooLarge(int maxBytes) {
        return new Refused(413, 413, "Request is larger than %d bytes".formatted(maxBytes));
    }

    static Refused noSuchRoute() {
        return new Refused(404, 404, "HTTP 404 Not Found");
    }

    static Refused methodNotAllowed() {
        return new Refused(405, 405, "HTTP 405 Method Not Allowed");
    }

    static Refused storeFailed(String reason) {
        return new Refused(500, 50001, "Error in the backend data store: " + reason);
    }

    static Refused storeTooSlow(String reason) {
        return new Refused(500, 50002, "Operation timed out: " + reason);
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}
