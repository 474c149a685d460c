/** {@code inproc://}: two queues within one JVM, the reference for what the contract means. */
package org.ipckit.transport.inproc;
