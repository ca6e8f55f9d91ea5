/** WeCom's callbacks: encrypted XML about who comes into and leaves a customer group. */
@NullMarked
package io.grouppulse.ingest.callback.wecom;

import org.jspecify.annotations.NullMarked;
