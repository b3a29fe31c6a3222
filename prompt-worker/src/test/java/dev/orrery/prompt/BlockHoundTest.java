package dev.orrery.prompt;

import dev.orrery.embedded.testing.BlockHoundContract;

class BlockHoundTest implements BlockHoundContract {}
