@NullMarked
package io.grouppulse.domain.alert;

import org.jspecify.annotations.NullMarked;
