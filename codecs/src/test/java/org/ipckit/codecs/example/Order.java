package org.ipckit.codecs.example;

import java.math.BigDecimal;

/** What the READMEs send. */
record Order(long id, String item, BigDecimal price) {}
