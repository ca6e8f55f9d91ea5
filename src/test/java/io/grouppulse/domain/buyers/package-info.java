@NullMarked
package io.grouppulse.domain.buyers;

import org.jspecify.annotations.NullMarked;
