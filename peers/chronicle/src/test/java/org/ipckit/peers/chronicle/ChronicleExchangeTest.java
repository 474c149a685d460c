package org.ipckit.peers.chronicle;

import org.ipckit.peers.contract.ExchangeContract;

class ChronicleExchangeTest extends ExchangeContract {}
