package org.ipckit.jmh;

import java.io.IOException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.spi.Options;
import org.ipckit.transport.spi.StreamOptions;
import org.ipckit.transport.spi.Streams;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The frames of the stream transports, written and read again without a system call: their own part of a message. */
public class Framing extends WithinOneThread {

    private Connection connection;

    @Setup
    public void open() throws IOException {
        Address address = Address.parse("memory://framing");
        StreamOptions options = StreamOptions.of(address, Options.of(address, StreamOptions.namesWith()));
        connection = Streams.connection(
                address, options.capabilities(), options, new MemoryStream(2 * (Integer.BYTES + sizeBytes)));
        use(connection, connection);
    }

    @TearDown
    public void close() {
        connection.close();
    }
}
