/** Files that several processes use at once: locks that exclude every other tool, command files, {@code jsonfile://}. */
package org.ipckit.files;
