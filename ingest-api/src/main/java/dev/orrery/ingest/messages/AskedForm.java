package dev.orrery.ingest.messages;

import java.util.List;
import org.springframework.http.MediaType;

/** In which form the answer to a message is wanted. */
final class AskedForm {

    private AskedForm() {}

    /**
     * Whether the reply is to be streamed: only for who names {@code text/event-stream} itself, and
     * does not name JSON with a greater weight.
     *
     * @param accepted the media types of {@code Accept}
     */
    static boolean isStream(List<MediaType> accepted) {
        double stream = weight(accepted, MediaType.TEXT_EVENT_STREAM);
        return stream > 0 && stream >= weight(accepted, MediaType.APPLICATION_JSON);
    }

    /** 0 for what is not named, or named to be spared. */
    private static double weight(List<MediaType> accepted, MediaType type) {
        return accepted.stream()
                .filter(each -> each.isConcrete() && each.equalsTypeAndSubtype(type))
                .mapToDouble(MediaType::getQualityValue)
                .max()
                .orElse(0);
    }
}
