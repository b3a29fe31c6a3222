/** The Converse API of Amazon Bedrock, over the AWS SDK. */
@NullMarked
package dev.orrery.llm.bedrock;

import org.jspecify.annotations.NullMarked;
