package org.ipckit.transport.spi;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ipckit.transport.Address;
import org.ipckit.transport.InvalidAddressException;

/** Reads the options of an address by their kind; what is not understood is an error that names what would be. */
public final class Options {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})(B|KiB|MiB|GiB|K|M|G)?");

    private final Address address;

    private Options(Address address) {
        this.address = address;
    }

    /**
     * Returns the options of an address.
     *
     * @param known the options the transport has
     * @throws InvalidAddressException if the address has another one
     */
    public static Options of(Address address, Set<String> known) {
        for (String name : address.options().keySet()) {
            if (!known.contains(name)) {
                throw new InvalidAddressException(address + ": there is no option '" + name + "'; " + address.scheme()
                        + " has " + String.join(", ", new TreeSet<>(known)));
            }
        }
        return new Options(address);
    }

    /** Returns whether the option is given. */
    public boolean has(String name) {
        return address.option(name).isPresent();
    }

    /** Returns the value of the option as it is. */
    public String text(String name, String otherwise) {
        return address.option(name).orElse(otherwise);
    }

    /** Returns the values of the option between commas. */
    public List<String> list(String name) {
        return address.option(name).map(text -> List.of(text.split(","))).orElse(List.of());
    }

    /** Returns the number of bytes, written as {@code 65536}, {@code 64KiB} or {@code 1MiB}. */
    public int bytes(String name, int otherwise, int least, int most) {
        String text = address.option(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            long bytes = Long.parseLong(size.group(1));
            long unit = unit(size.group(2));
            if (bytes <= most / unit && bytes * unit >= least) {
                return (int) (bytes * unit);
            }
        }
        throw new InvalidAddressException(address + ": option '" + name + "' is '" + text + "', expected a size from "
                + least + " to " + most + " bytes, such as 64KiB");
    }

    private static long unit(String unit) {
        return switch (unit == null ? 'B' : unit.charAt(0)) {
            case 'K' -> 1L << 10;
            case 'M' -> 1L << 20;
            case 'G' -> 1L << 30;
            default -> 1;
        };
    }

    /** Returns {@code true} or {@code false}. */
    public boolean flag(String name, boolean otherwise) {
        return switch (text(name, String.valueOf(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new InvalidAddressException(
                        address + ": option '" + name + "' is '" + text(name, "") + "', expected true or false");
        };
    }

    /** Returns the constant of that name, in lower case. */
    public <E extends Enum<E>> E choice(String name, E otherwise) {
        String text = address.option(name).orElse(null);
        if (text == null) {
            return otherwise;
        }
        E[] all = otherwise.getDeclaringClass().getEnumConstants();
        for (E constant : all) {
            if (lower(constant).equals(text)) {
                return constant;
            }
        }
        throw new InvalidAddressException(address + ": option '" + name + "' is '" + text + "', expected one of "
                + String.join(", ", Arrays.stream(all).map(Options::lower).toList()));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
