// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.poolswitch.runtime.MalformedException;
import org.poolswitch.sim.sctp.Forge;

class InitChunkTest {
    /** As many as there are. */
    private static final int TYPES = 256;

    private static InitChunk withExtensions(final byte[] types) throws MalformedException {
        final byte[] init = Forge.init(ChunkType.INIT, 1, 1, Forge.tlv(ParameterType.SUPPORTED_EXTENSIONS, types));
        return InitChunk.parse(init, 0, init.length);
    }

    @Test
    void aListOfAllChunkTypesIsReadToItsEnd() throws Exception {
        final byte[] types = new byte[TYPES];
        types[TYPES - 2] = (byte) ChunkType.RE_CONFIG;
        types[TYPES - 1] = (byte) ChunkType.FORWARD_TSN;
        final InitChunk init = withExtensions(types);
        assertThat(init.reconfiguration()).isTrue();
        assertThat(init.forwardTsn()).isTrue();
    }

    @Test
    void whatIsBehindMoreTypesThanThereAreIsNotLookedAt() throws Exception {
        final byte[] types = new byte[TYPES + 1];
        types[0] = (byte) ChunkType.RE_CONFIG;
        types[TYPES] = (byte) ChunkType.FORWARD_TSN;
        final InitChunk init = withExtensions(types);
        assertThat(init.reconfiguration()).isTrue();
        assertThat(init.forwardTsn()).isFalse();
    }
}
