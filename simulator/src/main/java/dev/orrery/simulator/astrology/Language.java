package dev.orrery.simulator.astrology;

import dev.orrery.simulator.astrology.chart.Body;
import dev.orrery.simulator.astrology.chart.Nakshatra;
import dev.orrery.simulator.astrology.chart.Sign;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Languages of names. The service translates values and leaves keys and ids alone; here grahas,
 * signs and nakshatras are translated, and the rest stays English.
 */
enum Language {
    ENGLISH {
        @Override
        String of(Body body) {
            return body.title();
        }

        @Override
        String of(Sign sign) {
            return sign.title();
        }

        @Override
        String of(Nakshatra nakshatra) {
            return nakshatra.title();
        }

        @Override
        String ascendant() {
            return "Ascendant";
        }
    },

    HINDI {
        private static final List<String> BODIES =
                List.of("सूर्य", "चंद्र", "मंगल", "बुध", "गुरु", "शुक्र", "शनि", "राहु", "केतु");

        private static final List<String> SIGNS =
                List.of(
                        "मेष", "वृषभ", "मिथुन", "कर्क", "सिंह", "कन्या", "तुला", "वृश्चिक", "धनु",
                        "मकर", "कुंभ", "मीन");

        private static final List<String> NAKSHATRAS =
                List.of(
                        "अश्विनी",
                        "भरणी",
                        "कृत्तिका",
                        "रोहिणी",
                        "मृगशिरा",
                        "आर्द्रा",
                        "पुनर्वसु",
                        "पुष्य",
                        "आश्लेषा",
                        "मघा",
                        "पूर्वा फाल्गुनी",
                        "उत्तरा फाल्गुनी",
                        "हस्त",
                        "चित्रा",
                        "स्वाति",
                        "विशाखा",
                        "अनुराधा",
                        "ज्येष्ठा",
                        "मूल",
                        "पूर्वाषाढ़ा",
                        "उत्तराषाढ़ा",
                        "श्रवण",
                        "धनिष्ठा",
                        "शतभिषा",
                        "पूर्वाभाद्रपद",
                        "उत्तराभाद्रपद",
                        "रेवती");

        @Override
        String of(Body body) {
            return BODIES.get(body.ordinal());
        }

        @Override
        String of(Sign sign) {
            return SIGNS.get(sign.ordinal());
        }

        @Override
        String of(Nakshatra nakshatra) {
            return NAKSHATRAS.get(nakshatra.ordinal());
        }

        @Override
        String ascendant() {
            return "लग्न";
        }
    };

    abstract String of(Body body);

    abstract String of(Sign sign);

    abstract String of(Nakshatra nakshatra);

    abstract String ascendant();

    /**
     * @param header value of Accept-Language; null and everything unknown means English
     */
    static Language of(@Nullable String header) {
        boolean hindi = header != null && header.strip().toLowerCase(Locale.ROOT).startsWith("hi");
        return hindi ? HINDI : ENGLISH;
    }
}
