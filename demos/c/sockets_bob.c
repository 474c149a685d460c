/* Asks Alice for a product, and tells her to stop. */
#include "sockets.h"

/* list(8, 8) and the bytes 'stop server' as Python pickles them. */
static const uint8_t EIGHT_TIMES_EIGHT[] = "\x80\x04\x95\x09\0\0\0\0\0\0\0]\x94(K\x08K\x08" "e.";
static const uint8_t STOP[] = "\x80\x04\x95\x0f\0\0\0\0\0\0\0C\x0bstop server\x94.";

/* Connects, and proves to Alice that we have the key as she does to us. */
static int connected(const char *place) {
    int alice = -1;
    for (int turn = 0; alice < 0 && turn < 100; turn++) {
        alice = open_socket(place, connect);
        if (alice < 0) pause_for(0.05);
    }
    if (alice < 0) give_up("Bob", "nobody listens there");
    if (answer_challenge(alice) || deliver_challenge(alice)) give_up("Bob", "Alice has another key");
    step("connected; each has proved to have the key, and neither has sent it");
    return alice;
}

int main(int count, char **arguments) {
    const char *place = count > 1 ? arguments[1] : "6000";
    uint8_t message[MOST + 16] = {0};
    long product;

    int alice = connected(place);
    send_message(alice, EIGHT_TIMES_EIGHT, sizeof EIGHT_TIMES_EIGHT - 1);
    if (receive_message(alice, message) < 0) give_up("Bob", "Alice has gone");
    if (!whole_number(instructions(message), &product)) give_up("Bob", "Alice does not answer a number");
    printf("What is 8 * 8? Why Alice told me it's %ld\n", product);
    close(alice);

    alice = connected(place); /* Alice answers one request per connection */
    send_message(alice, STOP, sizeof STOP - 1);
    step("sent the bytes 'stop server'");
    close(alice);
    return 0;
}
