/**
 * The settings file and the environment, checked before anything starts. A YAML file and variables come in; one immutable
 * record for each room goes out, or one line that says which key is wrong and what is allowed.
 */
@NullMarked
package io.grouppulse.config;

import org.jspecify.annotations.NullMarked;
