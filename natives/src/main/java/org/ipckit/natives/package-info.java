/** The C library as the mechanisms use it: loaded once, with its errors as the JDK would have thrown them. */
package org.ipckit.natives;
