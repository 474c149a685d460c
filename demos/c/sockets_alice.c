/* Listens at a socket and multiplies for whoever has the key. */
#include "sockets.h"

static void send_number(int client, long number) {
    uint8_t pickle[13] = "\x80\x04\x8a\x08"; /* a number of eight bytes, the lowest first */
    word_to(pickle + 4, (uint32_t)number, 0);
    word_to(pickle + 8, (uint32_t)(number >> 32), 0);
    pickle[12] = '.';
    send_message(client, pickle, sizeof pickle);
}

static void send_no_idea(int client) {
    static const char words[] = "I have no idea what you want me to do";
    uint8_t pickle[MOST] = "\x80\x04" "C";
    pickle[3] = sizeof words - 1;
    memcpy(pickle + 4, words, sizeof words - 1);
    pickle[4 + sizeof words - 1] = '.';
    send_message(client, pickle, 4 + sizeof words);
}

/* Answers one request; returns 1 if it was the last. */
static int answer(int client) {
    uint8_t message[MOST + 16] = {0}; /* a number that is cut off is read as zeros, and not beyond the end */
    long first, second;
    if (receive_message(client, message) < 0) return 0; /* gone before it has asked, or something long */

    const uint8_t *at = instructions(message);
    if (!memcmp(at, "C\x0bstop server", 13)) {
        puts("Goodnight");
        return 1;
    }
    /* A list of two: EMPTY_LIST, MEMOIZE, MARK, the numbers, APPENDS. */
    int two_numbers = !memcmp(at, "]\x94(", 3) && (at = whole_number(at + 3, &first)) &&
                      (at = whole_number(at, &second)) && *at == 'e';
    if (two_numbers && !__builtin_mul_overflow(first, second, &first)) {
        puts("Someone wants me to do something");
        send_number(client, first);
    } else {
        send_no_idea(client);
    }
    return 0;
}

int main(int count, char **arguments) {
    const char *place = count > 1 ? arguments[1] : "6000";
    struct timeval patience = {.tv_sec = 5};
    setvbuf(stdout, NULL, _IOLBF, 0);

    int listening = open_socket(place, bind);
    if (listening < 0 || listen(listening, 16)) give_up("Alice", strerror(errno));
    for (int stopped = 0; !stopped;) {
        puts("waiting for someone to ask for something");
        int client = accept(listening, NULL, NULL);
        if (client < 0) continue;
        setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience); /* who says nothing is sent away */
        if (deliver_challenge(client) || answer_challenge(client)) fputs("Alice: a client without the key\n", stderr);
        else stopped = answer(client);
        close(client);
    }
    if (strspn(place, "0123456789") < strlen(place)) unlink(place);
    return 0;
}
