package dev.xebec.kit.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/** The figures of the process itself, under the names that Prometheus' client libraries gave them. */
final class ProcessMetrics {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private ProcessMetrics() {}

    static void register(PrometheusMetrics metrics) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        metrics.gauge("process_start_time_seconds", "Start time of the process since the Unix epoch in seconds.",
                () -> runtime.getStartTime() / MILLIS);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            metrics.sampledCounter("process_cpu_seconds_total", "Total user and system CPU time spent in seconds.",
                    () -> system.getProcessCpuTime() / NANOS);
            metrics.gauge("process_open_fds", "Number of open file descriptors.",
                    () -> (double) system.getOpenFileDescriptorCount());
            metrics.gauge("process_max_fds", "Maximum number of open file descriptors.",
                    () -> (double) system.getMaxFileDescriptorCount());
        }
        metrics.gauge("process_resident_memory_bytes", "Resident memory size in bytes.",
                ProcessMetrics::residentBytes);
        memory(metrics, ManagementFactory.getMemoryMXBean());
        for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
            metrics.sampledCounter("jvm_gc_collections_total", "Garbage collections.",
                    () -> (double) gc.getCollectionCount(), "gc", gc.getName());
            metrics.sampledCounter("jvm_gc_collection_seconds_total", "Time spent in garbage collection in seconds.",
                    () -> gc.getCollectionTime() / MILLIS, "gc", gc.getName());
        }
        var threads = ManagementFactory.getThreadMXBean();
        metrics.gauge("jvm_threads_current", "Platform threads.", () -> (double) threads.getThreadCount());
    }

    private static void memory(PrometheusMetrics metrics, MemoryMXBean memory) {
        String used = "Used memory of the JVM in bytes.";
        metrics.gauge("jvm_memory_used_bytes", used, () -> (double) memory.getHeapMemoryUsage().getUsed(),
                "area", "heap");
        metrics.gauge("jvm_memory_used_bytes", used, () -> (double) memory.getNonHeapMemoryUsage().getUsed(),
                "area", "nonheap");
        String committed = "Memory that the JVM has taken from the system, in bytes.";
        metrics.gauge("jvm_memory_committed_bytes", committed,
                () -> (double) memory.getHeapMemoryUsage().getCommitted(), "area", "heap");
        metrics.gauge("jvm_memory_max_bytes", "Limit of the JVM's memory in bytes, -1 without one.",
                () -> (double) memory.getHeapMemoryUsage().getMax(), "area", "heap");
    }

    /** NaN where the system does not say. */
    private static double residentBytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024.0;
                }
            }
            return Double.NaN;
        } catch (IOException notLinux) {
            return Double.NaN;
        }
    }
}
