// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.sctp;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The name by which operators set a component of a configuration record; the standard's name where it has one. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
    /** The name, for example {@code RTO.Min}. */
    String value();
}
