/** People over groups and days: how many there were, who came, who stayed and who brought them. */
@NullMarked
package io.grouppulse.domain.people;

import org.jspecify.annotations.NullMarked;
