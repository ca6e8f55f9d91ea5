/** What the program is made of: the list of dependencies, the document of the build and the packed program agree. */
@NullMarked
package io.grouppulse.supply;

import org.jspecify.annotations.NullMarked;
