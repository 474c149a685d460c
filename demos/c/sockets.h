/* What both ends of sockets need: frames, and the proof of the key, as Python's multiprocessing.connection has them. */
#ifndef SOCKETS_H
#define SOCKETS_H

#include "hmac.h"
#include "lesson.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>

#define KEY "Do not let eve find us!"

enum { MOST = 256 };

/* Opens a socket at a port of this machine, or at a path; `use` is connect or bind. */
static inline int open_socket(const char *place, int (*use)(int, const struct sockaddr *, socklen_t)) {
    struct sockaddr_in tcp = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_un unix_place = {.sun_family = AF_UNIX};
    int path = strspn(place, "0123456789") < strlen(place), yes = 1;
    int opened = socket(path ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    tcp.sin_port = htons((uint16_t)atoi(place));
    snprintf(unix_place.sun_path, sizeof unix_place.sun_path, "%s", place);
    int failed = path ? use(opened, (struct sockaddr *)&unix_place, sizeof unix_place)
                      : use(opened, (struct sockaddr *)&tcp, sizeof tcp);
    if (!failed) return opened;
    close(opened);
    return -1;
}

/* Returns 0 if all bytes went out or came in: a stream gives them in pieces. */
static inline int all(int peer, void *bytes, size_t size, int out) {
    for (size_t done = 0; done < size;) {
        ssize_t moved = out ? send(peer, (char *)bytes + done, size - done, MSG_NOSIGNAL)
                            : recv(peer, (char *)bytes + done, size - done, 0);
        if (moved <= 0) return -1;
        done += (size_t)moved;
    }
    return 0;
}

/* A message is its length, four bytes with the highest first, and its bytes. */
static inline int send_message(int peer, const void *bytes, size_t size) {
    uint8_t frame[4 + MOST];
    word_to(frame, (uint32_t)size, 1);
    memcpy(frame + 4, bytes, size);
    return all(peer, frame, 4 + size, 1);
}

/* Returns the size of the next message, -1 if none comes or it is too long for us. */
static inline long receive_message(int peer, uint8_t message[MOST]) {
    uint8_t length[4];
    if (all(peer, length, 4, 0)) return -1;
    uint32_t size = word_at(length, 1);
    return size > MOST || all(peer, message, size, 0) ? -1 : (long)size;
}

static inline int is(const uint8_t *message, long size, const char *text) {
    return size == (long)strlen(text) && !memcmp(message, text, (size_t)size);
}

/* The answer to a challenge: in SHA-256 if it names that, as Python does from 3.12 on; in MD5 if it names nothing. */
static inline size_t proof(const uint8_t *challenge, size_t size, uint8_t answer[MOST]) {
    int sha256 = size > 8 && !memcmp(challenge, "{sha256}", 8);
    if (sha256) memcpy(answer, "{sha256}", 8);
    return (sha256 ? 8 : 0) + hmac(sha256, KEY, challenge, size, answer + (sha256 ? 8 : 0));
}

/* Proves to the peer that we have the key. Returns 0 if it believes us. */
static inline int answer_challenge(int peer) {
    uint8_t message[MOST], answer[MOST];
    long size = receive_message(peer, message);
    if (size <= 11 || memcmp(message, "#CHALLENGE#", 11)) return -1;
    size_t length = proof(message + 11, (size_t)size - 11, answer);
    if (send_message(peer, answer, length)) return -1;
    return is(message, receive_message(peer, message), "#WELCOME#") ? 0 : -1;
}

/* Has the peer prove that it has the key. Returns 0 if it does. */
static inline int deliver_challenge(int peer) {
    uint8_t challenge[11 + 48] = "#CHALLENGE#{sha256}", answer[MOST], expected[MOST];
    if (getrandom(challenge + 19, 40, 0) != 40 || send_message(peer, challenge, sizeof challenge)) return -1;
    long size = receive_message(peer, answer);
    /* Python up to 3.11 does not read the name, and answers 16 bytes of MD5. */
    size_t length = size == 16 ? hmac(0, KEY, challenge + 11, 48, expected) : proof(challenge + 11, 48, expected);
    int right = size == (long)length && !memcmp(answer, expected, length);
    const char *verdict = right ? "#WELCOME#" : "#FAILURE#";
    return send_message(peer, verdict, strlen(verdict)) || !right ? -1 : 0;
}

/* A pickle is a program for a small machine. We know six of its instructions: those of whole numbers that are small. */
static inline const uint8_t *whole_number(const uint8_t *at, long *number) {
    switch (*at++) {
        case 'K': *number = at[0]; return at + 1;
        case 'M': *number = at[0] | at[1] << 8; return at + 2;
        case 'J': *number = (int32_t)word_at(at, 0); return at + 4;
        case 0x8a: {
            uint64_t bits = 0;
            if (*at == 0 || *at > 8) return NULL;
            for (int byte = *at; byte > 0; byte--) bits = bits << 8 | at[byte];
            int unused = 64 - 8 * *at;
            *number = (long)(bits << unused) >> unused;
            return at + 1 + *at;
        }
        default: return NULL;
    }
}

/* Returns where a pickle really begins: behind its protocol and the length of its frame, if it has them. */
static inline const uint8_t *instructions(const uint8_t *pickle) {
    if (pickle[0] == 0x80) pickle += 2;
    return pickle[0] == 0x95 ? pickle + 9 : pickle;
}

#endif
