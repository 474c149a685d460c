/** Chronicle Queue as a transport and as durable topics. */
package org.ipckit.chronicle;
