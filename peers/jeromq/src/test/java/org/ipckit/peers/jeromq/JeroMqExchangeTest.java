package org.ipckit.peers.jeromq;

import org.ipckit.peers.contract.ExchangeContract;

class JeroMqExchangeTest extends ExchangeContract {}
