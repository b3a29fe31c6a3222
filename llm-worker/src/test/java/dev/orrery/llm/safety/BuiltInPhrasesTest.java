package dev.orrery.llm.safety;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is heard crying for help, and who is not taken for it. */
class BuiltInPhrasesTest {

    private static final Phrases INPUT = list(Side.INPUT);
    private static final Phrases OUTPUT = list(Side.OUTPUT);

    private static Phrases list(Side side) {
        var phrases = new Phrases.Builder();
        BuiltInPhrases.of(side).addTo(phrases);
        return phrases.build();
    }

    private static Set<String> found(Phrases phrases, String text) {
        var scan = new Scan(phrases);
        scan.read(text);
        scan.pause();
        return scan.found();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I want to kill myself",
                "I want to die.",
                "i wanna die",
                "Honestly I'm suicidal and my chart says nothing",
                "I’ve been having suicidal thoughts since March",
                "I don't want to live anymore",
                "I dont want to be alive",
                "I no longer want to live",
                "there is no reason to live",
                "should I commit suicide?",
                "I keep thinking about ending it all",
                "I want to end it all tonight",
                "Everyone would be better off without me!!!",
                "what is the easiest way to commit suicide",
                "I want to hurt myself",
                "I've started cutting myself again",
                "When will it end? I am tired of living",
                "It was not for laughing: I want to die laughing they said, and I want to die",
                "मैं मरना चाहता हूँ",
                "अब मैं जीना नहीं चाहती",
                "मेरा आत्महत्या करने का मन करता है",
                "काश मैं मर जाऊँ",
                "अपनी ज़िंदगी खत्म करना चाहता हूँ",
                "अपनी जिंदगी खत्म कर दूं क्या",
                "mai marna chahta hu",
                "Ab jeena nahi chahti main",
                "mujhe suicide karne ka mann karta hai",
                "apni zindagi khatam karna chahta hoon",
                "khudkushi kar lunga"
            })
    void hearsWhoMayBeInDanger(String text) {
        assertThat(found(INPUT, text)).containsExactly("self_harm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i WANT to KiLL MySelF",
                "kill\u200Bmyself is what I want: k\u200Dill my\u00ADself",
                "ｋｉｌｌ　ｍｙｓｅｌｆ",
                "I want to kill ** my*self… no: kill - myself",
                "k\u0336i\u0336l\u0336l\u0336 myself",
                "kíll mysélf",
                "𝓴𝓲𝓵𝓵 𝓶𝔂𝓼𝓮𝓵𝓯",
                "kill\n\n   myself",
                "I WANT TO DIE\uFE0F!",
                "मरना\u200Cचाहता और मरना चाहता हूँ"
            })
    void hearsItHoweverItIsWritten(String text) {
        assertThat(found(INPUT, text)).containsExactly("self_harm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I am just killing time before my exam",
                "Is Suicide Squad a good film for a date?",
                "I want to die laughing at this horoscope",
                "I don't want to die young, what does my chart say?",
                "When will I die? Is it in my chart?",
                "Am I going to die alone?",
                "I could kill for a coffee",
                "My phone is dying and the battery kills me",
                "Why did he commit suicide? I read about the actor",
                "I shot myself in the foot with that email; don't let me shoot myself in the foot again",
                "I should cut myself some slack",
                "I want to cut myself some cake",
                "I cut myself shaving",
                "I do not want to live in Delhi",
                "My skills and my self esteem",
                "Skillmyself is my brand",
                "5 kms away from my office",
                "This deadline will be the end of me",
                "I drown myself in work",
                "He takes his own life seriously",
                "Will I end my life insurance early?",
                "मैं मरना नहीं चाहता",
                "मैं नहीं मरना चाहता",
                "मेरी शादी कब होगी?",
                "मैं उसके साथ जीना नहीं चाहता",
                "main marna nahi chahta",
                "timepass kar raha hu, time kill karna hai",
                "uske saath jeena nahi chahta, alag hona hai"
            })
    void doesNotTakeForItWhatIsSaidLightlyOrOfOthers(String text) {
        assertThat(found(INPUT, text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Then go and KILL yourself.",
                "You should die.",
                "Everyone would be better off without you",
                "aapko mar jana chahiye"
            })
    void findsWhatNobodyIsToBeTold(String text) {
        assertThat(found(OUTPUT, text)).containsExactly("self_harm");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If you ever feel that you want to kill myself-like thoughts away, call 14416.",
                "Please don't kill yourself; you matter.",
                "You don't have to kill yourself over this exam.",
                "Suicide is not written in any chart.",
                "You should dine with friends."
            })
    void letsHelpBeGiven(String text) {
        assertThat(found(OUTPUT, text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr", "hi", "en"})
    void readsTheSameWhereverItRuns(String language) {
        // given
        var before = Locale.getDefault();
        Locale.setDefault(Locale.of(language));
        try {
            // when
            var found = found(INPUT, "I'M SUICIDAL, I WANT TO KILL MYSELF");

            // then
            assertThat(found).containsExactly("self_harm");
        } finally {
            Locale.setDefault(before);
        }
    }
}
