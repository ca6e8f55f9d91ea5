/** What was shown in groups, whom it reached, and what those who were reached bought. */
@NullMarked
package io.grouppulse.domain.reach;

import org.jspecify.annotations.NullMarked;
