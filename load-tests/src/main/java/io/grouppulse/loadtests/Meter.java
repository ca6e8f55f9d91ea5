package io.grouppulse.loadtests;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** CPU time and allocation of this thread between starts and stops. */
final class Meter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long nanos;
    private long bytes;
    private long startNanos;
    private long startBytes;

    void start() {
        startBytes = THREADS.getCurrentThreadAllocatedBytes();
        startNanos = THREADS.getCurrentThreadCpuTime();
    }

    void stop() {
        nanos += THREADS.getCurrentThreadCpuTime() - startNanos;
        bytes += THREADS.getCurrentThreadAllocatedBytes() - startBytes;
    }

    long nanos() {
        return nanos;
    }

    long bytes() {
        return bytes;
    }
}
