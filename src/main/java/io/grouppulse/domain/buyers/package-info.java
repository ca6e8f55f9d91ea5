/**
 * Who bought how often, as partial results that can be merged.
 *
 * <p>It is not the count of {@code domain.people}, and cannot be: what one person paid in several groups adds up, so a
 * buyer needs an id and a number of orders as long as it is known, and above that a sample of whole people. A count of
 * people keeps eight bytes each, and above that one sketch of 16 KiB whose error is 0.6 %; it cannot say who came twice.
 * This sample would tell the same with an error of 1 % in fifty times the memory.
 */
@NullMarked
package io.grouppulse.domain.buyers;

import org.jspecify.annotations.NullMarked;
