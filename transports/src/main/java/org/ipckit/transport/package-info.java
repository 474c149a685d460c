/** The interfaces every mechanism implements, the registry that finds them, and what they share. */
package org.ipckit.transport;
