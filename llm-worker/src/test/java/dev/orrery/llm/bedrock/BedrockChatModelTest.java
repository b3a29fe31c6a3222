package dev.orrery.llm.bedrock;

import dev.orrery.llm.testing.ChatModelContract;

class BedrockChatModelTest extends BedrockBench implements ChatModelContract {}
