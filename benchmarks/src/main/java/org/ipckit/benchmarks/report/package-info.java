/**
 * All that is made of results: tables, charts, pages, and the comparison of two runs. {@link
 * org.ipckit.benchmarks.report.Results} is the way in; nothing here measures.
 */
package org.ipckit.benchmarks.report;
