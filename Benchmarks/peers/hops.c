/* What this machine gives a plain C program over the same two libraries: the reference of `mendloop bench`.
 *
 *   hops publish AMQP QUEUE SECONDS WINDOW          confirmed publishing, a wait for each 100 (WINDOW 100) or fewer waits
 *   hops consume AMQP QUEUE COUNT                   prefetch 100, acknowledged 50 at a time
 *   hops through AMQP QUEUE SECONDS                 a publisher and a consumer of one queue at once
 *   hops hop     AMQP DB IN EXCHANGE KEY COUNT NAME COUNT messages from IN: 50 a transaction, then published, confirmed
 *   hops insert  DB SECONDS                         one row a commit
 *
 * Bodies are 1 KiB, queues are quorum queues that exist, messages persistent. Each mode prints one line of JSON. */
#define _GNU_SOURCE
#include <amqp.h>
#include <amqp_framing.h>
#include <amqp_tcp_socket.h>
#include <arpa/inet.h>
#include <libpq-fe.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BODY = 1024, BATCH = 100, COMMIT = 50, PREFETCH = 100, ROWS = 10000 };

static void die(const char *what, const char *why) {
    fprintf(stderr, "hops: %s: %s\n", what, why ? why : "");
    exit(1);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

/* `began` and `ended` are CLOCK_MONOTONIC, so that lines of several processes can be put together. */
static void report(const char *figure, long messages, double began, double ended) {
    printf("{\"figure\":\"%s\",\"messages\":%ld,\"began\":%.6f,\"ended\":%.6f}\n", figure, messages, began, ended);
    fflush(stdout);
}

/* ---- RabbitMQ ---- */

static void expect(amqp_rpc_reply_t reply, const char *what) {
    if (reply.reply_type == AMQP_RESPONSE_NORMAL) return;
    die(what, reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION ? amqp_error_string2(reply.library_error)
                                                                  : "refused by the broker");
}

static amqp_connection_state_t dial(const char *url) {
    char *copy = strdup(url);
    struct amqp_connection_info at;
    amqp_default_connection_info(&at);
    if (amqp_parse_url(copy, &at) != AMQP_STATUS_OK) die("url", url);
    amqp_connection_state_t c = amqp_new_connection();
    amqp_socket_t *socket = amqp_tcp_socket_new(c);
    if (!socket || amqp_socket_open(socket, at.host, at.port)) die("connect", at.host);
    expect(amqp_login(c, at.vhost, 0, 131072, 0, AMQP_SASL_METHOD_PLAIN, at.user, at.password), "login");
    amqp_channel_open(c, 1);
    expect(amqp_get_rpc_reply(c), "channel");
    free(copy);
    return c;
}

struct publisher {
    amqp_connection_state_t c;
    amqp_bytes_t exchange, key;
    uint64_t sent, settled, head; /* head: every tag up to it is settled */
    unsigned char done[1 << 16];
};

static void open_publisher(struct publisher *p, const char *url, const char *exchange, const char *key) {
    memset(p, 0, sizeof *p);
    p->c = dial(url);
    p->exchange = amqp_cstring_bytes(strdup(exchange));
    p->key = amqp_cstring_bytes(strdup(key));
    amqp_confirm_select(p->c, 1);
    expect(amqp_get_rpc_reply(p->c), "confirm.select");
}

static void publish(struct publisher *p, amqp_bytes_t body, amqp_bytes_t id, amqp_bytes_t subject) {
    amqp_basic_properties_t properties = {
        ._flags = AMQP_BASIC_DELIVERY_MODE_FLAG | AMQP_BASIC_CONTENT_TYPE_FLAG | AMQP_BASIC_MESSAGE_ID_FLAG |
                  AMQP_BASIC_CORRELATION_ID_FLAG,
        .delivery_mode = 2,
        .content_type = amqp_cstring_bytes("application/cloudevents+json"),
        .message_id = id,
        .correlation_id = subject,
    };
    p->sent++;
    p->done[p->sent & 0xffff] = 0;
    if (amqp_basic_publish(p->c, 1, p->exchange, p->key, 0, 0, &properties, body)) die("publish", "failed");
}

/* Reads confirms until at most `open` messages are unconfirmed. */
static void settle(struct publisher *p, uint64_t open) {
    while (p->sent - p->settled > open) {
        amqp_frame_t frame;
        amqp_maybe_release_buffers(p->c);
        struct timeval limit = {30, 0};
        if (amqp_simple_wait_frame_noblock(p->c, &frame, &limit)) die("confirm", "none came");
        if (frame.frame_type != AMQP_FRAME_METHOD) continue;
        if (frame.payload.method.id != AMQP_BASIC_ACK_METHOD) die("confirm", "not an acknowledgement");
        amqp_basic_ack_t *ack = frame.payload.method.decoded;
        uint64_t from = ack->multiple ? p->head + 1 : ack->delivery_tag;
        for (uint64_t tag = from; tag <= ack->delivery_tag; tag++) {
            if (!p->done[tag & 0xffff]) p->settled++;
            p->done[tag & 0xffff] = 1;
        }
        while (p->head < p->sent && p->done[(p->head + 1) & 0xffff]) p->head++;
    }
}

/* Messages confirmed within `seconds`; batches of 100, at most `window` unconfirmed. */
static long publish_for(const char *url, const char *queue, double seconds, int window, double *began, double *ended) {
    static struct publisher p;
    open_publisher(&p, url, "", queue);
    char text[BODY], id[32];
    memset(text, 'x', BODY);
    amqp_bytes_t body = {BODY, text};
    *began = now();
    while (now() - *began < seconds) {
        for (int i = 0; i < BATCH; i++) {
            snprintf(id, sizeof id, "%llu", (unsigned long long)p.sent);
            publish(&p, body, amqp_cstring_bytes(id), amqp_cstring_bytes("bench"));
        }
        settle(&p, window - BATCH);
    }
    settle(&p, 0);
    *ended = now();
    return p.settled;
}

static amqp_connection_state_t open_consumer(const char *url, const char *queue) {
    amqp_connection_state_t c = dial(url);
    amqp_basic_qos(c, 1, 0, PREFETCH, 0);
    expect(amqp_get_rpc_reply(c), "qos");
    amqp_basic_consume(c, 1, amqp_cstring_bytes(queue), amqp_empty_bytes, 0, 0, 0, amqp_empty_table);
    expect(amqp_get_rpc_reply(c), "consume");
    return c;
}

/* One message; false when none came in `limit`. */
static int take(amqp_connection_state_t c, amqp_envelope_t *envelope, struct timeval limit) {
    amqp_maybe_release_buffers(c);
    amqp_rpc_reply_t reply = amqp_consume_message(c, envelope, &limit, 0);
    if (reply.reply_type == AMQP_RESPONSE_LIBRARY_EXCEPTION && reply.library_error == AMQP_STATUS_TIMEOUT) return 0;
    expect(reply, "delivery");
    return 1;
}

/* Consumes `count` messages, or until none comes for two seconds; the clock runs from the first to the last. */
static long consume(const char *url, const char *queue, long count, double *began, double *ended) {
    amqp_connection_state_t c = open_consumer(url, queue);
    long got = 0;
    amqp_envelope_t envelope;
    while (got < count && take(c, &envelope, (struct timeval){got ? 2 : 30, 0})) {
        if (!got++) *began = now();
        if (got % COMMIT == 0 || got == count) amqp_basic_ack(c, 1, envelope.delivery_tag, 1);
        amqp_destroy_envelope(&envelope);
        *ended = now();
    }
    amqp_connection_close(c, AMQP_REPLY_SUCCESS);
    return got;
}

/* ---- PostgreSQL ---- */

static PGconn *open_database(const char *url) {
    PGconn *db = PQconnectdb(url);
    if (PQstatus(db) != CONNECTION_OK) die("database", PQerrorMessage(db));
    return db;
}

static void run(PGconn *db, const char *sql) {
    PGresult *result = PQexec(db, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) die(sql, PQerrorMessage(db));
    PQclear(result);
}

static void insert(const char *url, double seconds) {
    PGconn *db = open_database(url);
    run(db, "SET client_min_messages = warning");
    run(db, "DROP TABLE IF EXISTS hops_row; CREATE TABLE hops_row "
            "(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text NOT NULL)");
    PQclear(PQprepare(db, "one", "INSERT INTO hops_row (body) VALUES ($1)", 1, NULL));
    char body[BODY + 1];
    memset(body, 'x', BODY);
    body[BODY] = 0;
    const char *values[] = {body};
    long rows = 0;
    double begin = now();
    while (now() - begin < seconds) {
        PGresult *result = PQexecPrepared(db, "one", 1, values, NULL, NULL, 0);
        if (PQresultStatus(result) != PGRES_COMMAND_OK) die("insert", PQerrorMessage(db));
        PQclear(result);
        rows++;
    }
    report("insert", rows, begin, now());
    run(db, "DROP TABLE hops_row");
}

/* A one-dimensional array in PostgreSQL's binary form. */
struct array {
    char bytes[COMMIT * (BODY * 4 + 64) + 20];
    size_t length;
    int count;
};

static void put32(struct array *a, uint32_t value) {
    value = htonl(value);
    memcpy(a->bytes + a->length, &value, 4);
    a->length += 4;
}

static void clear(struct array *a, Oid element) {
    a->length = 0;
    a->count = 0;
    put32(a, 1), put32(a, 0), put32(a, element), put32(a, 0), put32(a, 1);
}

static void add(struct array *a, const void *bytes, size_t length) {
    if (a->length + length + 4 > sizeof a->bytes) die("message", "larger than 4 KiB");
    put32(a, length);
    memcpy(a->bytes + a->length, bytes, length);
    a->length += length;
    uint32_t count = htonl(++a->count);
    memcpy(a->bytes + 12, &count, 4);
}

static const char *schema =
    "SET client_min_messages = warning;"
    "CREATE TABLE IF NOT EXISTS inbox_%1$s (message_id text PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());"
    "CREATE TABLE IF NOT EXISTS outbox_%1$s (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " message_id text NOT NULL, body bytea NOT NULL);"
    "DROP TABLE IF EXISTS business_%1$s;"
    "CREATE TABLE business_%1$s (id text PRIMARY KEY, version bigint NOT NULL, state jsonb NOT NULL);"
    "INSERT INTO business_%1$s SELECT '00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'), 0, '{\"count\": 0}'"
    " FROM generate_series(0, %2$d) AS n;"
    "TRUNCATE inbox_%1$s, outbox_%1$s; ANALYZE business_%1$s";

/* One statement is one transaction: only what is new has an effect. */
static const char *apply =
    "WITH m AS (SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[]) AS t (message_id, id, body)),"
    " fresh AS (INSERT INTO inbox_%1$s (message_id) SELECT message_id FROM m ON CONFLICT DO NOTHING"
    "  RETURNING message_id),"
    " changed AS (UPDATE business_%1$s AS b SET version = b.version + f.n,"
    "  state = jsonb_build_object('count', b.version + f.n)"
    "  FROM (SELECT id, count(*) AS n FROM m JOIN fresh USING (message_id) GROUP BY id) AS f WHERE b.id = f.id)"
    " INSERT INTO outbox_%1$s (message_id, body) SELECT message_id, body FROM m JOIN fresh USING (message_id)"
    " RETURNING id";

static void prepare(PGconn *db, const char *name, const char *format, const char *suffix) {
    char sql[2048];
    snprintf(sql, sizeof sql, format, suffix);
    PGresult *result = PQprepare(db, name, sql, 0, NULL);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) die(name, PQerrorMessage(db));
    PQclear(result);
}

static struct array ids, subjects, bodies, published;

/* Sends both statements in one round trip, in one implicit transaction. */
static void commit(PGconn *db, int count) {
    const char *done[] = {published.bytes}, *values[] = {ids.bytes, subjects.bytes, bodies.bytes};
    int done_length[] = {published.length}, binary[] = {1, 1, 1};
    int lengths[] = {ids.length, subjects.length, bodies.length};
    if (!PQsendQueryPrepared(db, "forget", 1, done, done_length, binary, 1)) die("send", PQerrorMessage(db));
    if (count && !PQsendQueryPrepared(db, "apply", 3, values, lengths, binary, 1)) die("send", PQerrorMessage(db));
    PQpipelineSync(db);
    clear(&published, 20);
    for (int statement = 0; statement < (count ? 2 : 1); statement++) {
        PGresult *result = PQgetResult(db);
        ExecStatusType status = PQresultStatus(result);
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) die("commit", PQerrorMessage(db));
        for (int row = 0; row < PQntuples(result); row++) add(&published, PQgetvalue(result, row, 0), 8);
        PQclear(result);
        PQgetResult(db);
    }
    PQclear(PQgetResult(db)); /* the sync */
}

static void hop(const char *amqp, const char *url, const char *in, const char *exchange, const char *key, long count,
                const char *suffix) {
    PGconn *db = open_database(url);
    char sql[4096];
    snprintf(sql, sizeof sql, schema, suffix, ROWS - 1);
    run(db, sql);
    prepare(db, "apply", apply, suffix);
    prepare(db, "forget", "DELETE FROM outbox_%1$s WHERE id = ANY($1::bigint[])", suffix);
    PQenterPipelineMode(db);
    static struct publisher out;
    open_publisher(&out, amqp, exchange, key);
    amqp_connection_state_t c = open_consumer(amqp, in);
    static amqp_envelope_t batch[COMMIT];
    long got = 0;
    double begin = 0;
    clear(&published, 20);
    while (got < count) {
        int size = 0;
        clear(&ids, 25), clear(&subjects, 25), clear(&bodies, 17);
        while (size < COMMIT && got + size < count && take(c, &batch[size], (struct timeval){size ? 0 : 60, 0})) {
            if (!begin) begin = now();
            amqp_message_t *message = &batch[size++].message;
            add(&ids, message->properties.message_id.bytes, message->properties.message_id.len);
            add(&subjects, message->properties.correlation_id.bytes, message->properties.correlation_id.len);
            add(&bodies, message->body.bytes, message->body.len);
        }
        if (!size) die("hop", "no more messages came");
        settle(&out, 0); /* those of the batch before, which are forgotten now */
        commit(db, size);
        amqp_basic_ack(c, 1, batch[size - 1].delivery_tag, 1);
        for (int i = 0; i < size; i++) {
            amqp_message_t *message = &batch[i].message;
            publish(&out, message->body, message->properties.message_id, message->properties.correlation_id);
        }
        for (int i = 0; i < size; i++) amqp_destroy_envelope(&batch[i]);
        got += size;
    }
    settle(&out, 0);
    commit(db, 0);
    report("hop", got, begin, now());
    amqp_connection_close(c, AMQP_REPLY_SUCCESS);
}

/* Both directions at once: what one queue carries from a publisher with confirms to a consumer. */
static void through(const char *url, const char *queue, double seconds) {
    double began = 0, ended = 0;
    pid_t child = fork();
    if (child == 0) {
        publish_for(url, queue, seconds, 1000, &began, &ended);
        _exit(0);
    }
    long got = consume(url, queue, 1L << 40, &began, &ended);
    waitpid(child, NULL, 0);
    report("through", got, began, ended);
}

int main(int argc, char **argv) {
    if (argc < 2) die("usage", "publish | consume | through | hop | insert");
    const char *mode = argv[1];
    double began = 0, ended = 0;
    if (!strcmp(mode, "publish") && argc == 6) {
        long sent = publish_for(argv[2], argv[3], atof(argv[4]), atoi(argv[5]), &began, &ended);
        report("publish", sent, began, ended);
    } else if (!strcmp(mode, "consume") && argc == 5) {
        long got = consume(argv[2], argv[3], atol(argv[4]), &began, &ended);
        report("consume", got, began, ended);
    } else if (!strcmp(mode, "through") && argc == 5) {
        through(argv[2], argv[3], atof(argv[4]));
    } else if (!strcmp(mode, "hop") && argc == 9) {
        hop(argv[2], argv[3], argv[4], argv[5], argv[6], atol(argv[7]), argv[8]);
    } else if (!strcmp(mode, "insert") && argc == 4) {
        insert(argv[2], atof(argv[3]));
    } else {
        die("usage", "see the head of hops.c");
    }
    return 0;
}
