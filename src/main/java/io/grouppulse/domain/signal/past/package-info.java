/** What each customer did in the last days, kept so that measures of any stretch of them can be computed when asked. */
@NullMarked
package io.grouppulse.domain.signal.past;

import org.jspecify.annotations.NullMarked;
