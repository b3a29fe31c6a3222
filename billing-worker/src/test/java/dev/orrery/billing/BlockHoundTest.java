package dev.orrery.billing;

import dev.orrery.embedded.testing.BlockHoundContract;

class BlockHoundTest implements BlockHoundContract {}
