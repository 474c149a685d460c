package org.ipckit.demos.scenario;

/** What the processing calculates; the slope is by how much a measurement is greater than the one before. */
record Statistics(double least, double mean, double greatest, double slope) {}
