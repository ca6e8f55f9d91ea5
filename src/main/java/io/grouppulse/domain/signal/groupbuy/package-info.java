/** Group-buys (拼团): opened, joined, formed or failed. */
@NullMarked
package io.grouppulse.domain.signal.groupbuy;

import org.jspecify.annotations.NullMarked;
