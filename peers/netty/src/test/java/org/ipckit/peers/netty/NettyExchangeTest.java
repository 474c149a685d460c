package org.ipckit.peers.netty;

import org.ipckit.peers.contract.ExchangeContract;

class NettyExchangeTest extends ExchangeContract {}
