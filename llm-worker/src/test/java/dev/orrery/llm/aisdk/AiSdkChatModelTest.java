package dev.orrery.llm.aisdk;

import dev.orrery.llm.testing.ChatModelContract;
import dev.orrery.llm.testing.DetailsContract;
import dev.orrery.llm.testing.ToolsContract;
import dev.orrery.llm.testing.WholeAnswerContract;

class AiSdkChatModelTest extends AiSdkBench
        implements ChatModelContract, WholeAnswerContract, DetailsContract, ToolsContract {}
