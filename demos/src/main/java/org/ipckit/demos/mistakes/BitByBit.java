package org.ipckit.demos.mistakes;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.ipckit.signals.Signals;
import org.ipckit.signals.Signals.SignalHandling;
import org.ipckit.transport.Connection;
import org.ipckit.transport.Listener;
import org.ipckit.transport.Message;
import org.ipckit.transport.Transports;

/** Sends eight letters, each bit a signal: at once, one after the other, and in queued signals with values. */
public final class BitByBit {

    private static final String MESSAGE = "Hi there";
    private static final String ONE = "USR1";
    private static final String ZERO = "WINCH";
    private static final int ROUNDS = 20;
    private static final long SILENCE_MILLIS = 300;

    private static final BlockingQueue<Boolean> BITS = new LinkedBlockingQueue<>();

    private BitByBit() {}

    /** Both ends are this process: for the kernel there is no difference. */
    public static void main(String[] args) throws Exception {
        try (SignalHandling ones = Signals.handle(ONE, () -> BITS.add(true));
                SignalHandling zeros = Signals.handle(ZERO, () -> BITS.add(false))) {
            System.out.println("taken: SIG" + ones.name() + " for a one, SIG" + zeros.name() + " for a zero");

            StringBuilder atOnce = new StringBuilder();
            for (boolean bit : bits()) {
                Signals.raise(bit ? ONE : ZERO);
            }
            for (Boolean bit = next(); bit != null; bit = next()) {
                atOnce.append(bit ? 1 : 0);
            }
            System.out.println("sent at once:      " + text(atOnce.toString()));

            for (int round = 1; round < ROUNDS; round++) {
                oneAfterAnother(); // the first ones take longer
            }
            System.out.println("one after another: " + oneAfterAnother());
        }
        queued();
    }

    private static String oneAfterAnother() throws InterruptedException {
        StringBuilder came = new StringBuilder();
        long begin = System.nanoTime();
        for (boolean bit : bits()) {
            Signals.raise(bit ? ONE : ZERO);
            came.append(next() ? 1 : 0); // nothing else is sent before this one has come
        }
        return text(came.toString()) + ", " + bits().length + " signals, " + micros(begin) + " us";
    }

    private static void queued() {
        String address = "signal://" + Path.of("eight").toAbsolutePath();
        try (Listener listener = Transports.listen(address);
                Connection bob = Transports.connect(address);
                Connection alice = listener.accept()) {
            for (int round = 1; round < ROUNDS; round++) {
                sent(bob, alice);
            }
            System.out.println("queued values:     " + sent(bob, alice));
        }
    }

    private static String sent(Connection bob, Connection alice) {
        long begin = System.nanoTime();
        bob.send(Message.utf8(MESSAGE));
        String came = alice.receive(Duration.ofSeconds(10)).orElseThrow().toUtf8();
        return came + ", 2 signals, " + micros(begin) + " us";
    }

    private static boolean[] bits() {
        boolean[] bits = new boolean[MESSAGE.length() * Byte.SIZE];
        byte[] bytes = MESSAGE.getBytes(US_ASCII);
        for (int at = 0; at < bits.length; at++) {
            bits[at] = (bytes[at / Byte.SIZE] >> (7 - at % Byte.SIZE) & 1) == 1;
        }
        return bits;
    }

    private static Boolean next() throws InterruptedException {
        return BITS.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static String text(String bits) {
        if (bits.length() != MESSAGE.length() * Byte.SIZE) {
            return bits.length() + " bits of " + MESSAGE.length() * Byte.SIZE;
        }
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < bits.length(); at += Byte.SIZE) {
            char letter = (char) Integer.parseInt(bits.substring(at, at + Byte.SIZE), 2);
            text.append(letter >= ' ' && letter < 127 ? letter : '?');
        }
        return text.toString();
    }

    private static long micros(long begin) {
        return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
    }
}
