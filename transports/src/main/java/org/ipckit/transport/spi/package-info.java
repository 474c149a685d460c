/**
 * What several mechanisms need once: for those who write transports. Programs that use transports do not need it.
 *
 * <p>A stream mechanism (sockets, FIFOs) supplies a {@link org.ipckit.transport.spi.ByteStream} and an
 * {@link org.ipckit.transport.spi.Acceptor}; {@link org.ipckit.transport.spi.StreamListener} and
 * {@link org.ipckit.transport.spi.Dialer} do the rest. Any other mechanism supplies an
 * {@link org.ipckit.transport.spi.Outbox} and an {@link org.ipckit.transport.spi.Inbox} to
 * {@link org.ipckit.transport.spi.DuplexConnection}, which keeps the rules of the contract around them.
 * Where the kernel knows of no connection, a {@link org.ipckit.transport.spi.LeaseListener} and a
 * {@link org.ipckit.transport.spi.Lease} bring the two sides together, tell when one is gone and carry a ring.
 */
package org.ipckit.transport.spi;
