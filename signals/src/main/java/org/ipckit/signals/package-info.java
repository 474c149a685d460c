/** Signals: raised, handled, sent to the processes of a folder, and as a transport. */
package org.ipckit.signals;
