// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.enrp.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.poolswitch.rserpool.ParameterReader;
import org.poolswitch.rserpool.ParameterType;
import org.poolswitch.rserpool.ParameterWriter;
import org.poolswitch.rserpool.PoolElementParameter;
import org.poolswitch.rserpool.PoolHandle;
import org.poolswitch.runtime.MalformedException;

/**
 * ENRP_HANDLE_TABLE_RESPONSE (RFC 5353 section 2.3): a page of the handlespace.
 *
 * <pre>
 *  0x03 | 0 0 0 0 0 0 M R | length | sender | receiver | Pool Handle | Pool Element ... | Pool Handle | ...
 * </pre>
 *
 * @param rejected the R flag: not now, and nothing follows
 * @param more     the M flag: ask again for the next page
 * @param pools    pools with their elements
 */
public record HandleTableResponse(int sender, int receiver, boolean rejected, boolean more, List<PoolEntry> pools)
    implements EnrpMessage {
    private static final int REJECTED = 0x01;
    private static final int MORE = 0x02;

    /**
     * A pool, or as much of it as the page had room for.
     *
     * @param elements one or more
     */
    public record PoolEntry(PoolHandle handle, List<PoolElementParameter> elements) {
    }

    static HandleTableResponse read(final EnrpReader in, final ByteBuffer body) throws MalformedException {
        final List<PoolEntry> pools = new ArrayList<>();
        final ParameterReader parameters = in.parameters(body);
        while (parameters.next()) {
            switch (parameters.type()) {
                case ParameterType.POOL_HANDLE -> pools.add(new PoolEntry(PoolHandle.read(parameters),
                    new ArrayList<>()));
                case ParameterType.POOL_ELEMENT -> {
                    if (pools.isEmpty()) {
                        throw new MalformedException("a Pool Element before any Pool Handle");
                    }
                    pools.get(pools.size() - 1).elements().add(in.element(parameters));
                }
                default -> in.unknown(parameters);
            }
        }
        return new HandleTableResponse(in.sender(), in.receiver(), (in.flags() & REJECTED) != 0,
            (in.flags() & MORE) != 0, pools);
    }

    /** The flags octet, for those who write pages without making objects of them. */
    public static int flags(final boolean rejected, final boolean more) {
        return (rejected ? REJECTED : 0) | (more ? MORE : 0);
    }

    @Override
    public void write(final ParameterWriter out) {
        begin(out, EnrpType.HANDLE_TABLE_RESPONSE, flags(rejected, more));
        for (final PoolEntry pool : pools) {
            pool.handle().write(out);
            pool.elements().forEach(element -> element.write(out));
        }
    }
}
