// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.node;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PoolElementEntry;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.MalformedException;

/**
 * One record of a registrar's journal. Elements are written as ENRP writes them.
 *
 * <pre>
 *  CRC32c of the rest (4) | kind (1) | 0 (3) | body
 *  IDENTITY  "PSJ1" (4) | server identifier (4)
 *  PUT       Pool Handle parameter | Pool Element parameter
 *  REMOVE    Pool Handle parameter | PE Identifier parameter
 * </pre>
 *
 * @param serverId IDENTITY only
 * @param handle   PUT and REMOVE
 * @param element  PUT only
 * @param removed  PE identifier, REMOVE only
 */
record JournalRecord(int kind, int serverId, PoolHandle handle, PoolElementParameter element, int removed) {
    static final int IDENTITY = 1;
    static final int PUT = 2;
    static final int REMOVE = 3;
    private static final int MAGIC = 0x50534a31;
    private static final int HEADER = 8;

    /** Begins a record; {@link #seal} ends it. */
    private static ParameterWriter begin(final ParameterWriter out, final int kind) {
        return out.clear().word(0).word(kind << 24);
    }

    static void identity(final ParameterWriter out, final int serverId) {
        begin(out, IDENTITY).word(MAGIC).word(serverId);
    }

    static void put(final ParameterWriter out, final PoolElementEntry element) {
        begin(out, PUT);
        element.pool().handle().write(out);
        element.writeEnrp(out);
    }

    static void put(final ParameterWriter out, final PoolHandle handle, final PoolElementParameter element) {
        begin(out, PUT);
        handle.write(out);
        element.write(out);
    }

    static void remove(final ParameterWriter out, final PoolElementEntry element) {
        begin(out, REMOVE);
        element.pool().handle().write(out);
        out.begin(ParameterType.PE_IDENTIFIER).word(element.identifier()).end();
    }

    /** Writes the check sum. @return octets of the record, at the start of the writer's buffer */
    static int seal(final ParameterWriter out, final CRC32C crc) {
        final int length = out.position();
        crc.reset();
        crc.update(out.buffer(), 4, length - 4);
        ByteBuffer.wrap(out.buffer()).putInt(0, (int) crc.getValue());
        return length;
    }

    /** Reads a record. @throws MalformedException if it is none */
    static JournalRecord read(final byte[] b, final int length, final CRC32C crc) throws MalformedException {
        if (length < HEADER + 8) {
            throw new MalformedException("a record of " + length + " octets");
        }
        crc.reset();
        crc.update(b, 4, length - 4);
        final ByteBuffer in = ByteBuffer.wrap(b, 0, length);
        if (in.getInt() != (int) crc.getValue()) {
            throw new MalformedException("a record whose check sum is wrong");
        }
        final int kind = in.getInt() >>> 24;
        if (kind == IDENTITY) {
            if (in.getInt() != MAGIC) {
                throw new MalformedException("the mark of another program");
            }
            return new JournalRecord(kind, in.getInt(), null, null, 0);
        }
        return element(kind, new ParameterReader(in.slice()));
    }

    private static JournalRecord element(final int kind, final ParameterReader in) throws MalformedException {
        if (!in.next() || in.type() != ParameterType.POOL_HANDLE) {
            throw new MalformedException("a record without pool handle");
        }
        final PoolHandle handle = PoolHandle.read(in);
        if (!in.next()) {
            throw new MalformedException("a record without element");
        }
        if (kind == PUT && in.type() == ParameterType.POOL_ELEMENT) {
            return new JournalRecord(kind, 0, handle, PoolElementParameter.read(in.value()), 0);
        }
        if (kind == REMOVE && in.type() == ParameterType.PE_IDENTIFIER) {
            return new JournalRecord(kind, 0, handle, null, in.word());
        }
        throw new MalformedException("a record of unknown kind " + kind);
    }
}
