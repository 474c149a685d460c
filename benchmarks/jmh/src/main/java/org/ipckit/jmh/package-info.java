/** Benchmarks under JMH. */
package org.ipckit.jmh;
