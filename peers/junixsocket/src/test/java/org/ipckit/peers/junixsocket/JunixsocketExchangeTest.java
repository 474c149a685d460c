package org.ipckit.peers.junixsocket;

import org.ipckit.peers.contract.ExchangeContract;

class JunixsocketExchangeTest extends ExchangeContract {}
