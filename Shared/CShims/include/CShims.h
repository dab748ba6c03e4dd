#pragma once

// The few C calls that Swift's Glibc module does not import.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <sys/eventfd.h>

/// A non-blocking, close-on-exec event counter, or -1 with errno set.
static inline int mendloop_eventfd(void) {
    return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
}

// glibc declares this one only under _GNU_SOURCE, which an importing module may not have set.
extern int pthread_setname_np(pthread_t thread, const char *name);

/// Names the calling thread for debuggers and /proc; the kernel keeps 15 bytes.
static inline int mendloop_name_this_thread(const char *name) {
    return pthread_setname_np(pthread_self(), name);
}

/// A pipe whose two ends no child inherits, or -1 with errno set.
int mendloop_pipe(int ends[2]);

/// Lets a child be spawned without any descriptor from `from` up; `actions` is a `posix_spawn_file_actions_t *`.
int mendloop_spawn_close_from(void *actions, int from);
