#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include "CShims.h"

// Not inline in the header: <spawn.h> under _GNU_SOURCE lays out types otherwise than Swift's Glibc module does.

int mendloop_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC);
}

int mendloop_spawn_close_from(void *actions, int from) {
    return posix_spawn_file_actions_addclosefrom_np(actions, from);
}
