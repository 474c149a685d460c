package org.ipckit.chronicle;

import java.util.List;
import java.util.stream.Collectors;
import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.Slf4jExceptionHandler;
import org.ipckit.transport.Address;
import org.ipckit.transport.Availability;
import org.ipckit.transport.TransportUnavailableException;

/**
 * The JVM as Chronicle Queue needs it and as others want it to be: packages of the JDK are open to it, and it neither
 * announces itself, nor calls home, nor watches the disk on a thread of its own. What somebody has set stays as it is.
 */
final class ChronicleJvm {

    private static final List<String> PACKAGES = List.of("java.lang.reflect", "sun.nio.ch");

    private ChronicleJvm() {}

    /** Returns why Chronicle Queue cannot be used in this JVM; empty if it can. Loads nothing of it. */
    private static String reasonWhyNot() {
        List<String> closed = PACKAGES.stream()
                .filter(name -> !Object.class.getModule().isOpen(name, ChronicleJvm.class.getModule()))
                .toList();
        return closed.isEmpty() ? "" : "Chronicle Queue reaches into the JDK: start java with " + options(closed);
    }

    static Availability availability() {
        String reason = reasonWhyNot();
        return reason.isEmpty() ? Availability.yes() : Availability.no(reason);
    }

    private static String options(List<String> packages) {
        return packages.stream()
                .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED")
                .collect(Collectors.joining(" "));
    }

    /**
     * Makes Chronicle Queue quiet; to be called before anything of it is used.
     *
     * @throws TransportUnavailableException if it cannot be used in this JVM
     */
    static void require(Address address) {
        String reason = reasonWhyNot();
        if (!reason.isEmpty()) {
            throw new TransportUnavailableException(address + ": " + reason);
        }
        Settings.apply();
    }

    /** Initialized once, before the first class of Chronicle Queue that reads them. */
    private static final class Settings {

        static {
            for (String name : List.of("analytics", "announcer", "disk.monitor")) {
                String property = "chronicle." + name + ".disable";
                System.setProperty(property, System.getProperty(property, "true"));
            }
            // It tells of each file that took long to make, which is each first one.
            Jvm.setPerfExceptionHandler(Slf4jExceptionHandler.DEBUG);
        }

        private Settings() {}

        static void apply() {
            // The work is done by the initialization.
        }
    }
}
