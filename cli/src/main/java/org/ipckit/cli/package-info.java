/** The {@code ipckit} command. */
package org.ipckit.cli;
