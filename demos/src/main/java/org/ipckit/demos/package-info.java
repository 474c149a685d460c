/** Alice and Bob: a pair of small programs for each mechanism, a package for each pair. */
package org.ipckit.demos;
