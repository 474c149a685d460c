/** Values as JSON, CBOR, Smile, BSON and MessagePack: codecs for records, maps and JSON trees. */
package org.ipckit.codecs;
