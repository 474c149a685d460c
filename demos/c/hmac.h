/* HMAC with MD5 and with SHA-256 (RFC 2104, RFC 1321, FIPS 180-4), so that no library is needed. For learning: what is
   meant in earnest takes them from one, such as OpenSSL. */
#ifndef HMAC_H
#define HMAC_H

#include <stdint.h>
#include <string.h>

enum { HASH_BLOCK = 64, MOST_HASHED = 1024 };

static const uint32_t SHA256_CONSTANTS[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static const uint32_t MD5_CONSTANTS[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};

static inline uint32_t left(uint32_t word, int by) { return word << by | word >> (32 - by); }

static inline uint32_t word_at(const uint8_t *bytes, int big_endian) {
    uint32_t word = 0;
    for (int at = 0; at < 4; at++) word |= (uint32_t)bytes[at] << 8 * (big_endian ? 3 - at : at);
    return word;
}

static inline void word_to(uint8_t *bytes, uint32_t word, int big_endian) {
    for (int at = 0; at < 4; at++) bytes[at] = (uint8_t)(word >> 8 * (big_endian ? 3 - at : at));
}

static inline void sha256_block(uint32_t state[8], const uint8_t *block) {
    uint32_t w[64], s[8];
    for (int at = 0; at < 16; at++) w[at] = word_at(block + 4 * at, 1);
    for (int at = 16; at < 64; at++) {
        uint32_t a = w[at - 15], b = w[at - 2];
        w[at] = w[at - 16] + w[at - 7] + (left(a, 25) ^ left(a, 14) ^ a >> 3) + (left(b, 15) ^ left(b, 13) ^ b >> 10);
    }
    memcpy(s, state, sizeof s);
    for (int at = 0; at < 64; at++) {
        uint32_t one = s[7] + (left(s[4], 26) ^ left(s[4], 21) ^ left(s[4], 7)) + ((s[4] & s[5]) ^ (~s[4] & s[6])) +
                       SHA256_CONSTANTS[at] + w[at];
        uint32_t two = (left(s[0], 30) ^ left(s[0], 19) ^ left(s[0], 10)) +
                       ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += one;
        s[0] = one + two;
    }
    for (int at = 0; at < 8; at++) state[at] += s[at];
}

static inline void md5_block(uint32_t state[8], const uint8_t *block) {
    static const int turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    for (int at = 0; at < 64; at++) {
        int round = at / 16, place = (int[]){at, 5 * at + 1, 3 * at + 5, 7 * at}[round] % 16;
        uint32_t mixed = (uint32_t[]){(b & c) | (~b & d), (d & b) | (~d & c), b ^ c ^ d, c ^ (b | ~d)}[round];
        uint32_t next = b + left(a + mixed + MD5_CONSTANTS[at] + word_at(block + 4 * place, 0), turns[round][at % 4]);
        a = d, d = c, c = b, b = next;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
}

/* Returns the size of the hash: 32 bytes of SHA-256, 16 of MD5. */
static inline size_t hash(int sha256, const uint8_t *message, size_t size, uint8_t *result) {
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    static const uint32_t md5_state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    if (!sha256) memcpy(state, md5_state, sizeof md5_state);

    /* Behind the message come one bit, zeros, and its length in bits. */
    uint8_t padded[MOST_HASHED + 2 * HASH_BLOCK] = {0};
    memcpy(padded, message, size);
    padded[size] = 0x80;
    size_t end = (size + 8 + HASH_BLOCK) / HASH_BLOCK * HASH_BLOCK;
    word_to(padded + end - (sha256 ? 4 : 8), (uint32_t)(8 * size), sha256);
    for (size_t at = 0; at < end; at += HASH_BLOCK) (sha256 ? sha256_block : md5_block)(state, padded + at);

    size_t words = sha256 ? 8 : 4;
    for (size_t at = 0; at < words; at++) word_to(result + 4 * at, state[at], sha256);
    return 4 * words;
}

/* Returns the size of the HMAC; the key has at most 64 bytes, the message at most 512. */
static inline size_t hmac(int sha256, const char *key, const uint8_t *message, size_t size, uint8_t *result) {
    uint8_t inner[HASH_BLOCK + 512] = {0}, outer[HASH_BLOCK + 32] = {0};
    memcpy(inner, key, strlen(key));
    memcpy(outer, key, strlen(key));
    for (int at = 0; at < HASH_BLOCK; at++) inner[at] ^= 0x36, outer[at] ^= 0x5c;
    memcpy(inner + HASH_BLOCK, message, size);
    size_t hashed = hash(sha256, inner, HASH_BLOCK + size, outer + HASH_BLOCK);
    return hash(sha256, outer, HASH_BLOCK + hashed, result);
}

#endif
