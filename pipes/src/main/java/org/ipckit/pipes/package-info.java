/** A transport over named pipes. */
package org.ipckit.pipes;
