// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.mg.core;

import java.util.Locale;
import java.util.Set;
import org.poolswitch.megaco.ErrorCode;
import org.poolswitch.megaco.ErrorDescriptor;
import org.poolswitch.megaco.OpaqueDescriptor;

/** The packages of RFC 3525 Annex E that this gateway knows. */
final class Packages {
    private static final Set<String> KNOWN = Set.of("g", "root", "tonegen", "tonedet", "dg", "dd", "cg", "cd", "al",
        "ct", "nt", "rtp", "tdmc");
    private static final Set<String> LINE_EVENTS = Set.of("on", "of", "fl", "*");

    private Packages() {
    }

    /** The descriptor that an audit of packages returns: name and version of each. */
    static OpaqueDescriptor descriptor() {
        return new OpaqueDescriptor("Packages{g-1,root-1,cg-1,cd-1,al-1,nt-1,tdmc-1}");
    }

    /** What is wrong with an event of this name, or null. */
    static ErrorDescriptor checkEvent(final String name) {
        if (name.equals("*/*")) {
            return null;
        }
        final ErrorDescriptor unknown = checkPackage(name);
        return unknown != null || !isLine(name) || LINE_EVENTS.contains(item(name)) ? unknown
            : new ErrorDescriptor(ErrorCode.UNKNOWN_EVENT, "no such event: " + name);
    }

    /** What is wrong with a signal of this name, or null. */
    static ErrorDescriptor checkSignal(final String name) {
        final ErrorDescriptor unknown = checkPackage(name);
        return unknown != null || !isLine(name) || item(name).equals("ri") ? unknown
            : new ErrorDescriptor(ErrorCode.UNKNOWN_SIGNAL, "no such signal: " + name);
    }

    private static ErrorDescriptor checkPackage(final String name) {
        final String first = name.substring(0, name.indexOf('/')).toLowerCase(Locale.ROOT);
        return KNOWN.contains(first) ? null
            : new ErrorDescriptor(ErrorCode.UNKNOWN_PACKAGE, "no such package: " + first);
    }

    private static boolean isLine(final String name) {
        return name.regionMatches(true, 0, "al/", 0, 3);
    }

    private static String item(final String name) {
        return name.substring(name.indexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
