package dev.orrery.enrichment;

import dev.orrery.embedded.testing.BlockHoundContract;

class BlockHoundTest implements BlockHoundContract {}
