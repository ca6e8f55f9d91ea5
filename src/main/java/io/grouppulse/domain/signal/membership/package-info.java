/** Who is in the group: joins, leaves, rosters, members. */
@NullMarked
package io.grouppulse.domain.signal.membership;

import org.jspecify.annotations.NullMarked;
