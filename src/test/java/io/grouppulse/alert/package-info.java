@NullMarked
package io.grouppulse.alert;

import org.jspecify.annotations.NullMarked;
