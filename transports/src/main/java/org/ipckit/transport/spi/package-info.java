/**
 * What several mechanisms need once: for those who write transports. Programs that use transports do not need it.
 *
 * <p>A stream mechanism (sockets, FIFOs) supplies a {@link org.ipckit.transport.spi.ByteStream} and an
 * {@link org.ipckit.transport.spi.Acceptor}; {@link org.ipckit.transport.spi.StreamListener} and
 * {@link org.ipckit.transport.spi.Dialer} do the rest. Any other mechanism supplies an
 * {@link org.ipckit.transport.spi.Outbox} and an {@link org.ipckit.transport.spi.Inbox} to
 * {@link org.ipckit.transport.spi.DuplexConnection}, which keeps the rules of the contract around them.
 */
package org.ipckit.transport.spi;
