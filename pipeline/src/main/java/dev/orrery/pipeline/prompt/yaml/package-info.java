/** YAML as authors write it and as models read it: a small tree, read strictly, written evenly. */
@NullMarked
package dev.orrery.pipeline.prompt.yaml;

import org.jspecify.annotations.NullMarked;
