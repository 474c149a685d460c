/** What every peer of the benchmark is tested for. */
package org.ipckit.peers.contract;
