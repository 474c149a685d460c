package org.ipckit.peers.grpc;

import org.ipckit.peers.contract.ExchangeContract;

class GrpcExchangeTest extends ExchangeContract {}
