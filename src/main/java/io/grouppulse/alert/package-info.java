/** Looks at the readings for what is wrong, keeps the episodes, and tells whoever asked to be told. */
@NullMarked
package io.grouppulse.alert;

import org.jspecify.annotations.NullMarked;
