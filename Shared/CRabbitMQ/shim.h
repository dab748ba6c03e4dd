#pragma once

// librabbitmq, and what Swift cannot import from it: variadic functions and the constants hidden behind casts.

#include <amqp.h>
#include <amqp_ssl_socket.h>
#include <amqp_tcp_socket.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>

/// `amqp_login_with_properties` with a name and a password. 128 KiB frames; no limit of channels but the broker's.
static inline amqp_rpc_reply_t mendloop_amqp_login(
    amqp_connection_state_t state, const char *vhost, int heartbeat, const amqp_table_t *properties, const char *user,
    const char *password) {
    return amqp_login_with_properties(
        state, vhost, 0, AMQP_DEFAULT_FRAME_SIZE, heartbeat, properties, AMQP_SASL_METHOD_PLAIN, user, password);
}

/// Whether the socket takes at least some bytes now.
static inline int mendloop_amqp_writable(int descriptor) {
    struct pollfd one = {.fd = descriptor, .events = POLLOUT, .revents = 0};
    return poll(&one, 1, 0) == 1;
}

/// Ends both directions: every wait on the descriptor wakes up and finds the connection closed.
static inline void mendloop_amqp_shutdown(int descriptor) {
    shutdown(descriptor, SHUT_RDWR);
}

/// The kernel gives the connection up when the peer has taken nothing for this long: it bounds a send in mid-message.
static inline int mendloop_amqp_limit_unsent(int descriptor, unsigned int milliseconds) {
    return setsockopt(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds);
}

// What the library defines behind casts.
static const amqp_method_number_t MENDLOOP_CONNECTION_CLOSE = AMQP_CONNECTION_CLOSE_METHOD;
static const amqp_method_number_t MENDLOOP_CONNECTION_CLOSE_OK = AMQP_CONNECTION_CLOSE_OK_METHOD;
static const amqp_method_number_t MENDLOOP_CONNECTION_BLOCKED = AMQP_CONNECTION_BLOCKED_METHOD;
static const amqp_method_number_t MENDLOOP_CONNECTION_UNBLOCKED = AMQP_CONNECTION_UNBLOCKED_METHOD;
static const amqp_method_number_t MENDLOOP_CHANNEL_CLOSE = AMQP_CHANNEL_CLOSE_METHOD;
static const amqp_method_number_t MENDLOOP_CHANNEL_CLOSE_OK = AMQP_CHANNEL_CLOSE_OK_METHOD;
static const amqp_method_number_t MENDLOOP_BASIC_CANCEL = AMQP_BASIC_CANCEL_METHOD;
static const amqp_method_number_t MENDLOOP_BASIC_RETURN = AMQP_BASIC_RETURN_METHOD;
static const amqp_method_number_t MENDLOOP_BASIC_DELIVER = AMQP_BASIC_DELIVER_METHOD;
static const amqp_method_number_t MENDLOOP_BASIC_GET_OK = AMQP_BASIC_GET_OK_METHOD;
static const amqp_method_number_t MENDLOOP_BASIC_ACK = AMQP_BASIC_ACK_METHOD;
static const amqp_method_number_t MENDLOOP_BASIC_NACK = AMQP_BASIC_NACK_METHOD;
