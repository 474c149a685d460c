package org.ipckit.transport;

/** A mechanism with native one-to-many topics: what one publishes, every subscriber receives. */
public interface BroadcastTransport extends Mechanism {

    /**
     * Opens the publishing side of the topic.
     *
     * @throws InvalidAddressException if the address or one of its options is not understood
     */
    Publication publish(Address address);

    /**
     * Subscribes to the topic; everything published after this method has returned is meant for this subscription.
     *
     * @throws InvalidAddressException if the address or one of its options is not understood
     */
    Subscription subscribe(Address address);
}
