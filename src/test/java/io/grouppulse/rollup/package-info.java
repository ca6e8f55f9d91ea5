@NullMarked
package io.grouppulse.rollup;

import org.jspecify.annotations.NullMarked;
