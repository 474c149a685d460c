package org.ipckit.benchmarks;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.ipckit.transport.MessageHandler;

/** Contenders over a Unix socket that each do one thing wrong; found by the service loader like any that is not ours. */
public abstract class BrokenContender implements Contender {

    static final int SIZE = 64;

    private final Contender sound = new RawSockets(StandardProtocolFamily.UNIX, SIZE);
    private final String name;

    BrokenContender(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Group group() {
        return Group.PEER;
    }

    @Override
    public Entrance listen(Path folder) throws IOException {
        return sound.listen(folder);
    }

    @Override
    public Exchange connect(String place, boolean batched) throws IOException {
        return broken(sound.connect(place, batched));
    }

    /** Breaks the near end. */
    Exchange broken(Exchange exchange) {
        return exchange;
    }

    /** Cannot listen. */
    public static final class Refuses extends BrokenContender {
        public Refuses() {
            super("refuses");
        }

        @Override
        public Entrance listen(Path folder) throws IOException {
            throw new IOException("no such luck");
        }
    }

    /** Never gets an answer, and does not hear an interrupt. */
    public static final class Hangs extends BrokenContender {
        public Hangs() {
            super("hangs");
        }

        @Override
        Exchange broken(Exchange exchange) {
            return new ForwardingExchange(exchange) {
                @Override
                public void receive(MessageHandler handler) {
                    while (true) {
                        LockSupport.parkNanos(1_000_000);
                    }
                }
            };
        }
    }

    /** Takes its JVM with it. */
    public static final class Dies extends BrokenContender {
        public Dies() {
            super("dies");
        }

        @Override
        Exchange broken(Exchange exchange) {
            return new ForwardingExchange(exchange) {
                @Override
                public void receive(MessageHandler handler) {
                    System.err.println("last words");
                    Runtime.getRuntime().halt(42);
                }
            };
        }
    }

    /** Changes one byte of one message. */
    public static final class Corrupts extends BrokenContender {
        public Corrupts() {
            super("corrupts");
        }

        @Override
        Exchange broken(Exchange exchange) {
            return new ForwardingExchange(exchange) {
                private int sent;

                @Override
                public void send(ByteBuffer message) throws IOException {
                    if (++sent == 100) {
                        message.put(SIZE / 2, (byte) (message.get(SIZE / 2) + 1));
                    }
                    super.send(message);
                }
            };
        }
    }

    /** Prints where the answers go. */
    public static final class Chatters extends BrokenContender {
        public Chatters() {
            super("chatters");
        }

        @Override
        Exchange broken(Exchange exchange) {
            System.out.println("welcome to this library");
            return exchange;
        }
    }
}
