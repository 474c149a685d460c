/** Rings in mapped memory: the transport {@code shm} and the primitive it is built on. */
package org.ipckit.sharedmemory;
