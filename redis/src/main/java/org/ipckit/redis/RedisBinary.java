package org.ipckit.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ipckit.transport.TransportUnavailableException;
import redis.embedded.core.ExecutableProvider;

/** Finds a Redis server that runs on this machine: the one in our dependency, else the one that is installed. */
final class RedisBinary {

    private static final List<String> INSTALLED = List.of("redis-server", "valkey-server");
    private static final long LONGEST_START_SECONDS = 20;

    /** Makes an executable file in a folder. */
    @FunctionalInterface
    interface Bundle {
        Path unpack(Path folder) throws IOException;
    }

    private final Bundle bundle;
    private final String searchPath;

    /** Makes the usual one. */
    RedisBinary() {
        this(RedisBinary::unpackDependency, System.getenv("PATH"));
    }

    RedisBinary(Bundle bundle, String searchPath) {
        this.bundle = bundle;
        this.searchPath = searchPath == null ? "" : searchPath;
    }

    private static Path unpackDependency(Path folder) throws IOException {
        return ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
    }

    /**
     * Returns a server that runs.
     *
     * @param folder where the bundled one is unpacked to; whoever owns it removes it
     * @throws TransportUnavailableException if there is none; the text says why the bundled one does not do
     */
    Path find(Path folder) {
        String whyNot;
        try {
            Path bundled = bundle.unpack(folder);
            whyNot = reasonWhyNot(bundled);
            if (whyNot.isEmpty()) {
                return bundled;
            }
        } catch (IOException | RuntimeException refused) {
            whyNot = String.valueOf(refused.getMessage());
        }
        List<String> tried = new ArrayList<>();
        tried.add("the bundled one does not run (" + whyNot + ")");
        for (String name : INSTALLED) {
            for (String place : searchPath.split(":", -1)) {
                Path installed = Path.of(place, name);
                if (!place.isEmpty() && Files.isExecutable(installed)) {
                    String reason = reasonWhyNot(installed);
                    if (reason.isEmpty()) {
                        return installed;
                    }
                    tried.add(installed + " does not either (" + reason + ")");
                }
            }
        }
        throw new TransportUnavailableException("no Redis server can be started here: " + String.join(", ", tried)
                + "; install one (apt-get install redis-server) or name a running one: redis://HOST:6379/CHANNEL");
    }

    /** Runs it once: a file that is there may still lack a library, or lie where nothing may be executed. */
    private static String reasonWhyNot(Path server) {
        try {
            Process process = new ProcessBuilder(server.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readNBytes(1000), java.nio.charset.StandardCharsets.UTF_8)
                    .strip();
            if (!process.waitFor(LONGEST_START_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "it does not end when asked for its version";
            }
            return process.exitValue() == 0 ? "" : "exit code " + process.exitValue() + ": " + said;
        } catch (IOException refused) {
            return String.valueOf(refused.getMessage());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
