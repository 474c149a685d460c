package org.ipckit.sharedmemory;

import java.io.IOException;
import org.ipckit.transport.Address;
import org.ipckit.transport.Connection;
import org.ipckit.transport.MechanismException;
import org.ipckit.transport.Message;
import org.ipckit.transport.spi.Lease;
import org.ipckit.transport.spi.LeaseListener;

/** Makes a segment for each newcomer, and tells it where. */
final class SegmentHost implements LeaseListener.Host {

    private final Address address;
    private final SharedMemoryOptions options;
    private final SegmentFolder folder;
    private final Abilities able;

    SegmentHost(Address address, SharedMemoryOptions options, SegmentFolder folder, Abilities able) {
        this.address = address;
        this.options = options;
        this.folder = folder;
        this.able = able;
    }

    @Override
    public LeaseListener.Welcome welcome(Message words) {
        Hello hello = Hello.of(words);
        int capacity = Math.max(options.capacityBytes(), hello.capacityBytes());
        try {
            Segment segment = Segment.create(folder.next(), capacity, able, hello.able());
            if (options.prefault()) {
                segment.touch();
            }
            return new Prepared(segment);
        } catch (IOException refused) {
            throw new MechanismException(refused.getMessage() + " (capacity=, dir=)", refused);
        }
    }

    /** A segment whose client has yet to come. */
    private final class Prepared implements LeaseListener.Welcome {

        private final Segment segment;

        Prepared(Segment segment) {
            this.segment = segment;
        }

        @Override
        public Message answer() {
            return new Answer(segment.capacity(), segment.file()).toMessage();
        }

        @Override
        public Connection connection(Lease lease) {
            return SegmentConnection.ofListener(address, options, segment, lease);
        }

        @Override
        public void close() throws IOException {
            segment.close();
        }
    }
}
