/** What runs the monitor on Kubernetes: the manifests under {@code k8s/}, held to the schemas and to the program. */
@NullMarked
package io.grouppulse.k8s;

import org.jspecify.annotations.NullMarked;
