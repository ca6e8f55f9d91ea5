/** The settings file and the environment, checked before anything starts. */
@NullMarked
package io.grouppulse.config;

import org.jspecify.annotations.NullMarked;
