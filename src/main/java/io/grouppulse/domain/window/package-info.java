/** Building blocks of measures: sparse pane rings with running sums, distinct counts by last-seen, a timer wheel. */
@NullMarked
package io.grouppulse.domain.window;

import org.jspecify.annotations.NullMarked;
