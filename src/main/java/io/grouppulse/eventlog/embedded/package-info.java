/** The log as checksummed files with group commit, and the group store as one key-value file. */
@NullMarked
package io.grouppulse.eventlog.embedded;

import org.jspecify.annotations.NullMarked;
