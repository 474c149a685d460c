/** The conformance tests that every transport passes. */
package org.ipckit.testkit;
