/** Named pipes: the primitive {@link org.ipckit.pipes.NamedPipe}, and a transport built on it. */
package org.ipckit.pipes;
