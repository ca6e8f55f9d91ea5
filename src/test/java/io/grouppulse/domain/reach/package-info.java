@NullMarked
package io.grouppulse.domain.reach;

import org.jspecify.annotations.NullMarked;
