/*
 * A library to be loaded before all others: gives a process a machine whose wall clock jumps and whose disk is slow.
 * Both are read from the page that the file XEBEC_FAULT_PAGE holds, so a change counts at once, for all threads:
 *
 *   bytes 0..7    nanoseconds that the wall clock is ahead (native order, signed)
 *   bytes 8..15   microseconds that every fsync, fdatasync and msync takes longer
 *
 * Monotonic clocks are left alone, as they are when a real clock is set.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const volatile int64_t nothing[2];
static const volatile int64_t *page = nothing;

__attribute__((constructor)) static void open_page(void) {
    const char *name = getenv("XEBEC_FAULT_PAGE");
    int file = name == NULL ? -1 : open(name, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return;
    }
    void *mapped = mmap(NULL, 4096, PROT_READ, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) {
        page = mapped;
    }
    close(file);
}

static int64_t ahead_ns(void) {
    return page[0];
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    static int (*real)(clockid_t, struct timespec *);
    if (real == NULL) {
        *(void **) &real = dlsym(RTLD_NEXT, "clock_gettime");
    }
    int code = real(clock, time);
    if (code == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) && ahead_ns() != 0) {
        int64_t ns = (int64_t) time->tv_sec * 1000000000 + time->tv_nsec + ahead_ns();
        time->tv_sec = ns / 1000000000;
        time->tv_nsec = ns % 1000000000;
    }
    return code;
}

int gettimeofday(struct timeval *time, void *zone) {
    (void) zone;
    struct timespec now;
    int code = clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return code;
}

time_t time(time_t *into) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (into != NULL) {
        *into = now.tv_sec;
    }
    return now.tv_sec;
}

static void drag(void) {
    int64_t us = page[1];
    if (us > 0) {
        struct timespec pause = {us / 1000000, us % 1000000 * 1000};
        nanosleep(&pause, NULL);
    }
}

int fsync(int file) {
    static int (*real)(int);
    if (real == NULL) {
        *(void **) &real = dlsym(RTLD_NEXT, "fsync");
    }
    drag();
    return real(file);
}

int fdatasync(int file) {
    static int (*real)(int);
    if (real == NULL) {
        *(void **) &real = dlsym(RTLD_NEXT, "fdatasync");
    }
    drag();
    return real(file);
}

int msync(void *from, size_t length, int flags) {
    static int (*real)(void *, size_t, int);
    if (real == NULL) {
        *(void **) &real = dlsym(RTLD_NEXT, "msync");
    }
    drag();
    return real(from, length, flags);
}
