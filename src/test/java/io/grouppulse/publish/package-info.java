/** What the audiences share, held against the interface documents and against each other. */
@NullMarked
package io.grouppulse.publish;

import org.jspecify.annotations.NullMarked;
