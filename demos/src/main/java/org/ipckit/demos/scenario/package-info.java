/**
 * Three programs in three languages, none of which knows the others: sensors in Python, processing in C, a page in PHP.
 * {@link org.ipckit.demos.scenario.Station} stands between them, and each talks to it by the transport that suits it.
 */
package org.ipckit.demos.scenario;
