/** The laws of the contract, held by the packed program as a process of its own, over HTTP alone. */
@NullMarked
package io.grouppulse.laws;

import org.jspecify.annotations.NullMarked;
