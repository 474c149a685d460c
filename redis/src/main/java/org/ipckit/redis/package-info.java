/** Redis as a transport, as topics and as durable topics, with a server of its own where none is given. */
package org.ipckit.redis;
