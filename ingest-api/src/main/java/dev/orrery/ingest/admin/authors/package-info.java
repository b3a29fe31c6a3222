/** Where work for authors is done, apart from that for chats. */
@NullMarked
package dev.orrery.ingest.admin.authors;

import org.jspecify.annotations.NullMarked;
