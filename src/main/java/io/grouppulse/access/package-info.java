/**
 * Who may see and do what. A credential becomes a {@link io.grouppulse.access.Principal}; the {@link
 * io.grouppulse.access.Gate} holds every request against one table of rules, and {@link
 * io.grouppulse.access.Visibility} decides what of the organisation a reader may see.
 */
@NullMarked
package io.grouppulse.access;

import org.jspecify.annotations.NullMarked;
