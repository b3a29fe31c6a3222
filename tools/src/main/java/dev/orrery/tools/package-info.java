/** What people run beside Orrery: a terminal chat and the benchmarks. */
@NullMarked
package dev.orrery.tools;

import org.jspecify.annotations.NullMarked;
