/** Tests of who may see and do what. */
@NullMarked
package io.grouppulse.access;

import org.jspecify.annotations.NullMarked;
