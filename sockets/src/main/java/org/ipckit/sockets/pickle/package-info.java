/**
 * Python's pickles of plain values, read and written without ever making an object that the bytes name.
 *
 * <table>
 * <caption>What stands for what</caption>
 * <tr><th>Python</th><th>is read as</th><th>is written from</th></tr>
 * <tr><td>None</td><td>null</td><td>null</td></tr>
 * <tr><td>bool</td><td>Boolean</td><td>Boolean</td></tr>
 * <tr><td>int</td><td>the smallest of Integer, Long, BigInteger</td><td>Byte, Short, Integer, Long, BigInteger</td></tr>
 * <tr><td>float</td><td>Double</td><td>Float, Double</td></tr>
 * <tr><td>str</td><td>String</td><td>String</td></tr>
 * <tr><td>bytes</td><td>{@link org.ipckit.transport.Message}, which is immutable too</td><td>Message, byte[]</td></tr>
 * <tr><td>bytearray</td><td>a ByteBuffer on an array of its own</td><td>the rest of any ByteBuffer</td></tr>
 * <tr><td>list</td><td>ArrayList</td><td>any List</td></tr>
 * <tr><td>tuple</td><td>{@link org.ipckit.sockets.pickle.Tuple}</td><td>Tuple</td></tr>
 * <tr><td>dict</td><td>LinkedHashMap</td><td>any Map</td></tr>
 * <tr><td>set</td><td>LinkedHashSet</td><td>any Set</td></tr>
 * <tr><td>frozenset</td><td>{@link org.ipckit.sockets.pickle.FrozenSet}</td><td>FrozenSet</td></tr>
 * </table>
 */
package org.ipckit.sockets.pickle;
