/** What tests of the whole program share: the packed program as a process, driven from outside. */
@NullMarked
package io.grouppulse.testing;

import org.jspecify.annotations.NullMarked;
