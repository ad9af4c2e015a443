// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.launch;

/** A setting that cannot work, as a sentence for the operator. The process ends with status 2 before anything ran. */
public class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param sentence what is wrong and with which setting */
    public ConfigException(final String sentence) {
        super(sentence);
    }
}
