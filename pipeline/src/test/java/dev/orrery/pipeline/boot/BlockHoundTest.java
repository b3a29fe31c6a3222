package dev.orrery.pipeline.boot;

import dev.orrery.embedded.testing.BlockHoundContract;

class BlockHoundTest implements BlockHoundContract {}
