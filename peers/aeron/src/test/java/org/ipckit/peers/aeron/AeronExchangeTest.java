package org.ipckit.peers.aeron;

import org.ipckit.peers.contract.ExchangeContract;

class AeronExchangeTest extends ExchangeContract {}
