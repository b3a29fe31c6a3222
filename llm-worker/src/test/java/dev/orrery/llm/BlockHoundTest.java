package dev.orrery.llm;

import dev.orrery.embedded.testing.BlockHoundContract;

class BlockHoundTest implements BlockHoundContract {}
