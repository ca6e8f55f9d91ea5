/** Tests of the doors of the running program: what the documents promise, over real sockets. */
@NullMarked
package io.grouppulse.doors;

import org.jspecify.annotations.NullMarked;
