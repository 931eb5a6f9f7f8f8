package dev.xebec.node.registration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the machine says of itself. Empty or zero where it says nothing. */
public final class Machine {
    private Machine() {}

    /** Thousandths of a CPU. */
    public static long cpuMillis() {
        return Runtime.getRuntime().availableProcessors() * 1_000L;
    }

    public static long memoryBytes() {
        return meminfo("MemTotal:");
    }

    /** Memory that could be given out now without swapping. */
    public static long availableMemoryBytes() {
        return meminfo("MemAvailable:");
    }

    private static long meminfo(String field) {
        for (String line : text("/proc/meminfo").split("\n")) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.substring(field.length()).replace("kB", "").strip()) * 1_024;
            }
        }
        return 0;
    }

    public static long storageBytes(Path path) {
        try {
            return Files.getFileStore(path).getTotalSpace();
        } catch (IOException unknown) {
            return 0;
        }
    }

    public static long usableStorageBytes(Path path) {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException unknown) {
            return 0;
        }
    }

    public static String machineId() {
        return text("/etc/machine-id").strip();
    }

    public static String bootId() {
        return text("/proc/sys/kernel/random/boot_id").strip();
    }

    public static String kernel() {
        return System.getProperty("os.version", "");
    }

    public static String osImage() {
        for (String line : text("/etc/os-release").split("\n")) {
            if (line.startsWith("PRETTY_NAME=")) {
                return line.substring("PRETTY_NAME=".length()).replace("\"", "");
            }
        }
        return System.getProperty("os.name", "");
    }

    /** As Go names it. */
    public static String architecture() {
        String name = System.getProperty("os.arch", "");
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException unknown) {
            return "";
        }
    }
}
