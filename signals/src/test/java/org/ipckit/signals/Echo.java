package org.ipckit.signals;

import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.ConnectionClosedException;

/** Connects and sends back what comes. */
final class Echo {

    private Echo() {}

    public static void main(String[] args) {
        try (Connection connection = new SignalTransport().connect(Address.parse(args[0]), SignalFixture.SOON)) {
            System.out.println("ready");
            while (true) {
                connection.send(connection.receive());
            }
        } catch (ConnectionClosedException end) {
            System.out.println("end");
        }
    }
}
