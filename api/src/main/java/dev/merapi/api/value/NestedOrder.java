package dev.merapi.api.value;

import dev.merapi.api.schema.Column;
import dev.merapi.api.schema.ColumnType;
import dev.merapi.api.schema.RecordType;
import dev.merapi.api.schema.SumType;
import dev.merapi.api.schema.SumType.Variant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hash, equality and order of values made of others. Inside them NULL is equal to NULL and above all values. */
abstract sealed class NestedOrder extends ValueOrder {
    /** Where one value of the others stands: an element, a field, a payload. */
    private record Place(ValueOrder order, boolean nullable) {
        static Place of(ColumnType type, boolean nullable) {
            return new Place(ValueOrder.of(type), nullable);
        }

        boolean isNull(byte[] row, int at) {
            return nullable && row[at] == Bsatn.NONE;
        }

        int valueStart(int at) {
            return nullable ? at + 1 : at;
        }

        int end(byte[] row, int at) {
            return isNull(row, at) ? at + 1 : order.end(row, valueStart(at));
        }

        int hash(byte[] row, int at) {
            return isNull(row, at) ? 7 : order.hash(row, valueStart(at));
        }

        int compare(byte[] row, int at, byte[] other, int otherAt) {
            boolean isNull = isNull(row, at);
            boolean otherIsNull = isNull(other, otherAt);
            return isNull || otherIsNull
                    ? Boolean.compare(isNull, otherIsNull)
                    : order.compare(row, valueStart(at), other, valueStart(otherAt));
        }

        /** As {@link RowKey#prefix}, one bit given away to NULL. */
        long prefix(byte[] row, int at) {
            if (!nullable) {
                return order.prefix(row, at);
            }
            return isNull(row, at) ? Long.MAX_VALUE : order.prefix(row, at + 1) >> 1;
        }
    }

    /** Element by element, then the shorter first. */
    static final class OfArrays extends NestedOrder {
        private final Place element;

        OfArrays(ValueOrder element, boolean nullable) {
            this.element = new Place(element, nullable);
        }

        @Override
        int hash(byte[] row, int at) {
            int count = (int) BsatnWriter.INT.get(row, at);
            long hash = count;
            int position = at + 4;
            for (int i = 0; i < count; i++) {
                hash = hash * 31 + element.hash(row, position);
                position = element.end(row, position);
            }
            return RowKey.mix(hash);
        }

        @Override
        int compare(byte[] row, int at, byte[] other, int otherAt) {
            int count = (int) BsatnWriter.INT.get(row, at);
            int otherCount = (int) BsatnWriter.INT.get(other, otherAt);
            int position = at + 4;
            int otherPosition = otherAt + 4;
            for (int i = 0; i < Math.min(count, otherCount); i++) {
                int result = element.compare(row, position, other, otherPosition);
                if (result != 0) {
                    return result;
                }
                position = element.end(row, position);
                otherPosition = element.end(other, otherPosition);
            }
            return Integer.compare(count, otherCount);
        }

        @Override
        long prefix(byte[] row, int at) {
            return 0;
        }

        @Override
        int end(byte[] row, int at) {
            int count = (int) BsatnWriter.INT.get(row, at);
            int position = at + 4;
            for (int i = 0; i < count; i++) {
                position = element.end(row, position);
            }
            return position;
        }
    }

    /** Field by field. */
    static final class OfRecords extends NestedOrder {
        private final List<Place> fields;

        OfRecords(RecordType type) {
            fields = type.fields().stream().map(OfRecords::place).toList();
        }

        private static Place place(Column field) {
            return Place.of(field.type(), field.nullable());
        }

        @Override
        int hash(byte[] row, int at) {
            long hash = fields.size();
            int position = at;
            for (Place field : fields) {
                hash = hash * 31 + field.hash(row, position);
                position = field.end(row, position);
            }
            return RowKey.mix(hash);
        }

        @Override
        int compare(byte[] row, int at, byte[] other, int otherAt) {
            int position = at;
            int otherPosition = otherAt;
            for (Place field : fields) {
                int result = field.compare(row, position, other, otherPosition);
                if (result != 0) {
                    return result;
                }
                position = field.end(row, position);
                otherPosition = field.end(other, otherPosition);
            }
            return 0;
        }

        @Override
        long prefix(byte[] row, int at) {
            return fields.isEmpty() ? 0 : fields.getFirst().prefix(row, at);
        }

        @Override
        int end(byte[] row, int at) {
            int position = at;
            for (Place field : fields) {
                position = field.end(row, position);
            }
            return position;
        }
    }

    /** The position of the variant first, then the payload. */
    static final class OfSums extends NestedOrder {
        private final @Nullable Place[] payloads;

        OfSums(SumType type) {
            payloads = new @Nullable Place[type.variants().size()];
            for (int i = 0; i < payloads.length; i++) {
                Variant variant = type.variants().get(i);
                ColumnType payload = variant.payload();
                payloads[i] = payload == null ? null : Place.of(payload, variant.nullable());
            }
        }

        private @Nullable Place payload(byte[] row, int at) {
            return payloads[row[at] & 0xff];
        }

        @Override
        int hash(byte[] row, int at) {
            Place payload = payload(row, at);
            long hash = row[at];
            return RowKey.mix(payload == null ? hash : hash * 31 + payload.hash(row, at + 1));
        }

        @Override
        int compare(byte[] row, int at, byte[] other, int otherAt) {
            int result = Integer.compare(row[at] & 0xff, other[otherAt] & 0xff);
            Place payload = payload(row, at);
            return result != 0 || payload == null ? result : payload.compare(row, at + 1, other, otherAt + 1);
        }

        @Override
        long prefix(byte[] row, int at) {
            return row[at] & 0xff;
        }

        @Override
        int end(byte[] row, int at) {
            Place payload = payload(row, at);
            return payload == null ? at + 1 : payload.end(row, at + 1);
        }
    }
}
