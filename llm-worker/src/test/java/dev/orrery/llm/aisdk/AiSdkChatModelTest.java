package dev.orrery.llm.aisdk;

import dev.orrery.llm.testing.ChatModelContract;

class AiSdkChatModelTest extends AiSdkBench implements ChatModelContract {}
