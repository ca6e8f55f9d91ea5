/** The shipped dashboards, rules and runbooks: checked as files, and with the real tools against the running program. */
@NullMarked
package io.grouppulse.dashboards;

import org.jspecify.annotations.NullMarked;
