package org.ipckit.codecs;

/**
 * Some bytes of an encoded value, and what they mean.
 *
 * @param at the first of them, counted from the beginning of the value
 * @param length how many they are
 * @param depth in how many objects and lists they are
 * @param meaning in words
 */
public record Piece(int at, int length, int depth, String meaning) {}
