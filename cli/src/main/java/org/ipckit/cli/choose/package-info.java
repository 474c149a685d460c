/** Which transport fits what a program needs. */
package org.ipckit.cli.choose;
