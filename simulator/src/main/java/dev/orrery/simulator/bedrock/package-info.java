/** Amazon Bedrock's Converse as it looks on the wire, binary frames included. */
@NullMarked
package dev.orrery.simulator.bedrock;

import org.jspecify.annotations.NullMarked;
