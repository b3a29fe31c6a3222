package dev.orrery.pipeline.safety;

import java.util.List;
import java.util.Map;

/** What is said where a revision has no words of its own. Numbers as of November 2026. */
final class HelpTexts {

    static final String IN_ENGLISH =
            """
            I'm really glad you told me this, and I'm sorry that it hurts so much right now. This is bigger than a reading, \
            so I won't answer it with one. You deserve a person who listens, and you can have one today.

            If you might act on these thoughts, or are in danger, please call your local emergency number now, or go to \
            somebody near you and say it aloud. You can also talk to people who are there for exactly this:\
            """;

    private static final String IN_HINDI =
            """
            अच्छा किया कि आपने यह कहा। मुझे दुख है कि इस समय आप इतनी तकलीफ़ में हैं। यह बात किसी भविष्यवाणी से बड़ी है, और \
            इसका जवाब कोई भविष्यवाणी नहीं हो सकती। आपको कोई ऐसा चाहिए जो सच में सुने, और वह आज ही मिल सकता है।

            अगर लगता है कि आप ख़ुद को नुक़सान पहुँचा सकते हैं या ख़तरे में हैं, तो अभी आपातकालीन नंबर पर फ़ोन कीजिए, या पास के किसी \
            अपने को यह बता दीजिए। आप इनसे भी बात कर सकते हैं, ये इसी के लिए हैं:\
            """;

    private static final String IN_ROMAN_HINDI =
            """
            Achha kiya ki aapne yeh kaha. Mujhe dukh hai ki is waqt aap itni takleef mein hain. Yeh baat kisi bhavishyavani se \
            badi hai, aur iska jawab koi bhavishyavani nahin ho sakti. Aapko koi aisa chahiye jo sach mein sune, aur woh aaj hi \
            mil sakta hai.

            Agar lagta hai ki aap khud ko nuksaan pahuncha sakte hain ya khatre mein hain, to abhi emergency number par phone \
            kijiye, ya paas ke kisi apne ko yeh bata dijiye. Aap inse bhi baat kar sakte hain, ye isi ke liye hain:\
            """;

    static final Map<String, String> BY_LANGUAGE =
            Map.of("en", IN_ENGLISH, "hi", IN_HINDI, "hi-Latn", IN_ROMAN_HINDI);

    static final Map<String, List<String>> CONTACTS =
            Map.of(
                    "IN",
                    List.of(
                            "Tele-MANAS: 14416 (free, day and night)",
                            "KIRAN: 1800-599-0019 (free, day and night)"),
                    "US",
                    List.of("988 Suicide & Crisis Lifeline: call or text 988"),
                    "GB",
                    List.of("Samaritans: 116 123 (free, day and night)"));

    static final List<String> CONTACTS_ANYWHERE = List.of("https://findahelpline.com");

    private HelpTexts() {}
}
