/*
 * An Ethernet switch in user space whose every direction can be cut, delayed, made lossy or put out of order.
 *
 *   switch SEED INTERFACE...
 *
 * The interface at place n leads to the host whose MAC address ends in n. Rules come on standard input, one a line, and
 * hold until the next for the same direction; the end of standard input ends the switch:
 *
 *   FROM TO CUT DELAY_US JITTER_US LOSS_PPM REORDER_PPM
 *
 * In a direction with a delay frames keep their order, except those that REORDER_PPM sends ahead of all that wait.
 * Frames are passed on with their virtio header, so that the checksums and segments that hosts leave to their card are
 * made by the kernel on the other side.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MAX_PORTS 16
#define MAX_FRAME (72 * 1024)
/* Frames that wait in all directions together; further ones are lost, as in a full queue. */
#define MAX_WAITING 8192
#define VNET_HEADER 10

#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif

struct rule {
    int cut;
    long delay_us, jitter_us, loss_ppm, reorder_ppm;
    int64_t last_due;
};

struct waiting {
    int64_t due, order;
    int to;
    size_t length;
    unsigned char *bytes;
};

static struct rule rules[MAX_PORTS][MAX_PORTS];
static int sockets[MAX_PORTS];
static int ports;
static struct waiting heap[MAX_WAITING];
static int heaped;
static int64_t order;
static uint64_t chance;

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static uint64_t draw(void) {
    chance ^= chance << 13;
    chance ^= chance >> 7;
    chance ^= chance << 17;
    return chance;
}

static int hits(long ppm) {
    return ppm > 0 && (long) (draw() % 1000000) < ppm;
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

static int before(const struct waiting *one, const struct waiting *other) {
    return one->due != other->due ? one->due < other->due : one->order < other->order;
}

static void swap(int one, int other) {
    struct waiting kept = heap[one];
    heap[one] = heap[other];
    heap[other] = kept;
}

static void push(struct waiting frame) {
    int at = heaped++;
    heap[at] = frame;
    while (at > 0 && before(&heap[at], &heap[(at - 1) / 2])) {
        swap(at, (at - 1) / 2);
        at = (at - 1) / 2;
    }
}

static struct waiting pop(void) {
    struct waiting first = heap[0];
    heap[0] = heap[--heaped];
    for (int at = 0;;) {
        int least = at;
        for (int child = 2 * at + 1; child <= 2 * at + 2 && child < heaped; child++) {
            if (before(&heap[child], &heap[least])) {
                least = child;
            }
        }
        if (least == at) {
            return first;
        }
        swap(at, least);
        at = least;
    }
}

/* What a port does not take now is lost, as on a wire. */
static void transmit(int to, const unsigned char *bytes, size_t length) {
    ssize_t sent = send(sockets[to], bytes, length, MSG_DONTWAIT);
    (void) sent;
}

static void pass(int from, int to, const unsigned char *bytes, size_t length, int64_t now) {
    struct rule *rule = &rules[from][to];
    if (rule->cut || hits(rule->loss_ppm)) {
        return;
    }
    int ahead = hits(rule->reorder_ppm);
    if (ahead || (rule->delay_us == 0 && rule->last_due <= now)) {
        transmit(to, bytes, length);
        return;
    }
    if (heaped == MAX_WAITING) {
        return;
    }
    int64_t due = now + rule->delay_us;
    if (rule->jitter_us > 0) {
        due += (int64_t) (draw() % (uint64_t) rule->jitter_us);
    }
    if (due < rule->last_due) {
        due = rule->last_due;
    }
    rule->last_due = due;
    struct waiting frame = {due, order++, to, length, malloc(length)};
    if (frame.bytes == NULL) {
        fail("malloc");
    }
    memcpy(frame.bytes, bytes, length);
    push(frame);
}

static void arrive(int from) {
    static unsigned char bytes[MAX_FRAME];
    int64_t now = now_us();
    /* A bound, so that one loud port does not starve the others. */
    for (int frames = 0; frames < 64; frames++) {
        ssize_t length = recv(sockets[from], bytes, sizeof bytes, MSG_DONTWAIT);
        if (length < (ssize_t) (VNET_HEADER + sizeof(struct ether_header))) {
            return;
        }
        const unsigned char *destination = bytes + VNET_HEADER;
        if (destination[0] & 1) {
            for (int to = 0; to < ports; to++) {
                if (to != from) {
                    pass(from, to, bytes, (size_t) length, now);
                }
            }
        } else if (destination[5] < ports && destination[5] != from) {
            pass(from, destination[5], bytes, (size_t) length, now);
        }
    }
}

static int open_port(const char *interface) {
    int opened = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
    int on = 1;
    int buffer = 8 * 1024 * 1024;
    struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL)};
    address.sll_ifindex = (int) if_nametoindex(interface);
    if (opened < 0 || address.sll_ifindex == 0
            || setsockopt(opened, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof on) < 0
            || setsockopt(opened, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof on) < 0
            || bind(opened, (struct sockaddr *) &address, sizeof address) < 0) {
        fail(interface);
    }
    setsockopt(opened, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
    setsockopt(opened, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer);
    return opened;
}

static void obey(const char *line) {
    int from, to;
    struct rule rule = {0};
    if (sscanf(line, "%d %d %d %ld %ld %ld %ld", &from, &to, &rule.cut, &rule.delay_us, &rule.jitter_us,
            &rule.loss_ppm, &rule.reorder_ppm) != 7 || from < 0 || from >= ports || to < 0 || to >= ports) {
        fprintf(stderr, "no rule: %s\n", line);
        exit(1);
    }
    rule.last_due = rules[from][to].last_due;
    rules[from][to] = rule;
}

static void listen_to_rules(void) {
    static char text[65536];
    static size_t held;
    ssize_t got = read(STDIN_FILENO, text + held, sizeof text - held - 1);
    if (got <= 0) {
        exit(0);
    }
    held += (size_t) got;
    text[held] = 0;
    char *line = text;
    for (char *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = 0;
        obey(line);
    }
    held -= (size_t) (line - text);
    memmove(text, line, held);
}

int main(int count, char **arguments) {
    struct pollfd polled[MAX_PORTS + 1];
    if (count < 4 || count - 2 > MAX_PORTS) {
        fprintf(stderr, "usage: switch SEED INTERFACE INTERFACE...\n");
        return 2;
    }
    chance = strtoull(arguments[1], NULL, 10) * 2 + 1;
    ports = count - 2;
    for (int port = 0; port < ports; port++) {
        sockets[port] = open_port(arguments[port + 2]);
        polled[port] = (struct pollfd) {.fd = sockets[port], .events = POLLIN};
    }
    polled[ports] = (struct pollfd) {.fd = STDIN_FILENO, .events = POLLIN};
    printf("switching\n");
    fflush(stdout);
    while (1) {
        struct timespec wait = {3600, 0};
        if (heaped > 0) {
            int64_t left = heap[0].due - now_us();
            left = left < 0 ? 0 : left;
            wait = (struct timespec) {left / 1000000, left % 1000000 * 1000};
        }
        if (ppoll(polled, (nfds_t) ports + 1, &wait, NULL) < 0 && errno != EINTR) {
            fail("ppoll");
        }
        if (polled[ports].revents) {
            listen_to_rules();
        }
        for (int port = 0; port < ports; port++) {
            if (polled[port].revents) {
                arrive(port);
            }
        }
        for (int64_t now = now_us(); heaped > 0 && heap[0].due <= now;) {
            struct waiting frame = pop();
            transmit(frame.to, frame.bytes, frame.length);
            free(frame.bytes);
        }
    }
}
