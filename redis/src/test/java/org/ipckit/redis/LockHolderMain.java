package org.ipckit.redis;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A process that takes a lock, says so, and then hangs. */
final class LockHolderMain {

    private LockHolderMain() {}

    public static void main(String[] args) throws InterruptedException {
        try (RedisStore store = RedisStore.open(args[0])) {
            Duration time = Duration.ofMillis(Long.parseLong(args[1]));
            System.out.println(store.lock("job", time, Duration.ZERO).isPresent() ? "held" : "refused");
            System.out.flush();
            new CountDownLatch(1).await();
        }
    }
}
