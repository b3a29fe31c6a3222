package dev.orrery.llm.bedrock;

import dev.orrery.llm.testing.ChatModelContract;
import dev.orrery.llm.testing.DetailsContract;
import dev.orrery.llm.testing.ToolsContract;
import dev.orrery.llm.testing.WholeAnswerContract;

class BedrockChatModelTest extends BedrockBench
        implements ChatModelContract, WholeAnswerContract, DetailsContract, ToolsContract {}
