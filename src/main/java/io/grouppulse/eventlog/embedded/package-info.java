/**
 * The log as checksummed files with group commit, and the group store as one key-value file. In come entries and saved
 * groups of all shards, out go the same after any crash; whatever is not what was written is refused. All files are
 * under {@code data.dir}, which one process holds.
 */
@NullMarked
package io.grouppulse.eventlog.embedded;

import org.jspecify.annotations.NullMarked;
