/** What every HTTP room shares: errors as problem documents, and bodies read strictly. */
@NullMarked
package io.grouppulse.http;

import org.jspecify.annotations.NullMarked;
