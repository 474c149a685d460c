package org.ipckit.transport.spi;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ipckit.transport.Address;
import org.ipckit.transport.AddressInUseException;

/** Another process that wants an address: {@code once FILE}, or {@code often FILE ROUNDS}. */
final class OwnerMain {

    private OwnerMain() {}

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[1]);
        Address address = Address.parse("test://" + file);
        if (arguments[0].equals("once")) {
            once(address, file);
        } else {
            often(address, file, Integer.parseInt(arguments[2]));
        }
    }

    /** Takes it, makes the file, and keeps both until it is told a line. */
    private static void once(Address address, Path file) throws Exception {
        try (AddressOwnership ownership = AddressOwnership.take(address, file)) {
            Files.writeString(file, "made by " + ProcessHandle.current().pid());
            ownership.made();
            System.out.println("taken");
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        } catch (AddressInUseException refused) {
            System.out.println(refused.getMessage());
        }
    }

    /** Takes and leaves it so many times; whoever finds another inside says so. */
    private static void often(Address address, Path file, int rounds) throws Exception {
        Path inside = file.resolveSibling("inside");
        int taken = 0;
        while (taken < rounds) {
            try (AddressOwnership ownership = AddressOwnership.take(address, file)) {
                taken++;
                Files.write(inside, "x".getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
                Files.writeString(file, "made");
                ownership.made();
                Files.delete(inside);
            } catch (AddressInUseException another) {
                Thread.onSpinWait();
            } catch (FileAlreadyExistsException two) {
                System.out.println("two owners at a time, round " + taken);
                return;
            }
        }
        System.out.println("taken " + taken + " times");
    }
}
