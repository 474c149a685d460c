package org.ipckit.codecs;

import java.util.List;
import java.util.Map;
import org.ipckit.testkit.CodecContract;
import org.ipckit.transport.Codec;
import org.junit.jupiter.api.Nested;

/** Every codec keeps the contract, with records and with maps. */
class CodecContractsTest {

    private abstract static class Records extends CodecContract<Sample> {

        private final Codec<Sample> codec;

        Records(Encoding encoding) {
            codec = encoding.codec(Sample.class);
        }

        @Override
        protected Codec<Sample> codec() {
            return codec;
        }

        @Override
        protected List<Sample> values() {
            return Sample.records();
        }
    }

    private abstract static class Maps extends CodecContract<Object> {

        private final Codec<Object> codec;

        Maps(Encoding encoding) {
            codec = encoding.codec(Object.class);
        }

        @Override
        protected Codec<Object> codec() {
            return codec;
        }

        @Override
        protected List<Object> values() {
            List<Map<String, Object>> maps = Sample.maps();
            return List.copyOf(maps);
        }
    }

    @Nested
    class RecordsAsJson extends Records {
        RecordsAsJson() {
            super(Encoding.JSON);
        }
    }

    @Nested
    class MapsAsJson extends Maps {
        MapsAsJson() {
            super(Encoding.JSON);
        }
    }

    @Nested
    class RecordsAsCbor extends Records {
        RecordsAsCbor() {
            super(Encoding.CBOR);
        }
    }

    @Nested
    class MapsAsCbor extends Maps {
        MapsAsCbor() {
            super(Encoding.CBOR);
        }
    }

    @Nested
    class RecordsAsSmile extends Records {
        RecordsAsSmile() {
            super(Encoding.SMILE);
        }
    }

    @Nested
    class MapsAsSmile extends Maps {
        MapsAsSmile() {
            super(Encoding.SMILE);
        }
    }

    @Nested
    class RecordsAsBson extends Records {
        RecordsAsBson() {
            super(Encoding.BSON);
        }
    }

    @Nested
    class MapsAsBson extends Maps {
        MapsAsBson() {
            super(Encoding.BSON);
        }
    }

    @Nested
    class RecordsAsMessagePack extends Records {
        RecordsAsMessagePack() {
            super(Encoding.MESSAGE_PACK);
        }
    }

    @Nested
    class MapsAsMessagePack extends Maps {
        MapsAsMessagePack() {
            super(Encoding.MESSAGE_PACK);
        }
    }
}
