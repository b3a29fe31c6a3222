/** What a language model is to us, whoever provides it. */
@NullMarked
package dev.orrery.llm.model;

import org.jspecify.annotations.NullMarked;
