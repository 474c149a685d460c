/** Measurements of every transport found on the class path, and their report. */
package org.ipckit.benchmarks;
