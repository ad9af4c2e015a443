// SPDX-License-Identifier: Apache-2.0
package org.poolswitch.ras;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Captured and random messages. */
final class RasSamples {
    private RasSamples() {
    }

    /** Real messages by name; their source is told in the file. */
    static Map<String, byte[]> captured() {
        final Map<String, byte[]> frames = new LinkedHashMap<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
            RasSamples.class.getResourceAsStream("/ras/captured-frames.txt"), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (!line.startsWith("#")) {
                    final String[] words = line.split(" ");
                    frames.put(words[0], HexFormat.of().parseHex(words[1]));
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return frames;
    }

    /** A message of any kind that can be encoded. */
    static RasMessage any(final RandomGenerator r) {
        final int number = 1 + r.nextInt(65535);
        return switch (r.nextInt(14)) {
            case 0, 1 -> admissionRequest(r, number);
            case 2 -> new AdmissionConfirm(number, bandWidth(r), pick(r, CallModel.values(), 2), transport(r),
                r.nextInt(3) * 300, nonStandard(r), aliases(r, 0), r.nextBoolean(),
                new UuiesRequested(r.nextInt(1 << 13)));
            case 3 -> new AdmissionReject(number, rejectReason(r), nonStandard(r));
            case 4 -> new DisengageRequest(number, text(r, 128), guid(r), r.nextInt(65536),
                pick(r, DisengageReason.values(), 3), nonStandard(r), guid(r), r.nextBoolean() ? text(r, 20) : null,
                r.nextBoolean());
            case 5 -> new DisengageConfirm(number, nonStandard(r));
            case 6 -> new DisengageReject(number, pick(r, DisengageRejectReason.values(), 3), nonStandard(r));
            case 7 -> new BandwidthRequest(number, text(r, 128), guid(r), r.nextInt(65536),
                r.nextBoolean() ? pick(r, CallType.values(), 4) : null, bandWidth(r), nonStandard(r), guid(r),
                r.nextBoolean());
            case 8 -> new BandwidthConfirm(number, bandWidth(r), nonStandard(r));
            case 9 -> new BandwidthReject(number, pick(r, BandRejectReason.values(), 7), bandWidth(r),
                nonStandard(r));
            case 10 -> new InfoRequest(number, r.nextInt(65536), nonStandard(r),
                r.nextBoolean() ? transport(r) : null, guid(r));
            case 11 -> new UnregistrationRequest(number, List.of(transport(r), transport(r)), aliases(r, 0),
                nonStandard(r), r.nextBoolean() ? text(r, 128) : null);
            case 12 -> r.nextBoolean() ? InfoRequestResponse.noSuchCall(number, text(r, 128), transport(r))
                : InfoRequestResponse.of(number, text(r, 128), transport(r), new CallReport(r.nextInt(65536), guid(r),
                    pick(r, CallType.values(), 4), bandWidth(r), pick(r, CallModel.values(), 2), guid(r)));
            default -> r.nextBoolean() ? new RequestInProgress(number, nonStandard(r), 1 + r.nextInt(65535))
                : new UnknownMessageResponse(number, octets(r, r.nextInt(UnknownMessageResponse.QUOTE_LIMIT)));
        };
    }

    static AdmissionRequest admissionRequest(final RandomGenerator r, final int number) {
        return new AdmissionRequest(number, pick(r, CallType.values(), 4),
            r.nextBoolean() ? pick(r, CallModel.values(), 2) : null, text(r, 128), aliases(r, 0),
            r.nextBoolean() ? transport(r) : null, aliases(r, 0), aliases(r, 1),
            r.nextBoolean() ? transport(r) : null, bandWidth(r), r.nextInt(65536), nonStandard(r),
            r.nextBoolean() ? new QseriesOptions(r.nextInt(128), r.nextBoolean(), r.nextBoolean()) : null, guid(r),
            r.nextBoolean(), r.nextBoolean(), r.nextBoolean(), guid(r), r.nextBoolean() ? text(r, 128) : null,
            r.nextBoolean(), r.nextBoolean());
    }

    static Guid guid(final RandomGenerator r) {
        return new Guid(r.nextLong(), r.nextLong());
    }

    private static AdmissionRejectReason rejectReason(final RandomGenerator r) {
        AdmissionRejectReason reason = AdmissionRejectReason.LATER;
        while (!reason.isSendable()) {
            reason = pick(r, AdmissionRejectReason.values(), AdmissionRejectReason.values().length);
        }
        return reason;
    }

    private static long bandWidth(final RandomGenerator r) {
        return r.nextLong(1L << 1 + r.nextInt(32));
    }

    private static <T> T pick(final RandomGenerator r, final T[] values, final int among) {
        return values[r.nextInt(among)];
    }

    private static Octets octets(final RandomGenerator r, final int count) {
        final byte[] octets = new byte[count];
        r.nextBytes(octets);
        return Octets.of(octets);
    }

    private static String text(final RandomGenerator r, final int most) {
        final StringBuilder text = new StringBuilder();
        for (int i = 1 + r.nextInt(most); i > 0; i--) {
            text.append((char) (r.nextInt(8) == 0 ? 0x100 + r.nextInt(0x400) : ' ' + r.nextInt(95)));
        }
        return text.toString();
    }

    private static List<AliasAddress> aliases(final RandomGenerator r, final int least) {
        final AliasAddress[] list = new AliasAddress[least + r.nextInt(4)];
        for (int i = 0; i < list.length; i++) {
            list[i] = switch (r.nextInt(4)) {
                case 0 -> new AliasAddress.H323Id(text(r, 256));
                // url-ID "abc": its length less one, then a character an octet
                case 1 -> new AliasAddress.Other(0, Octets.of(new byte[] {0, 2, 'a', 'b', 'c'}));
                default -> new AliasAddress.DialledDigits(digits(r));
            };
        }
        return List.of(list);
    }

    private static String digits(final RandomGenerator r) {
        final StringBuilder text = new StringBuilder();
        for (int i = 1 + r.nextInt(r.nextInt(5) == 0 ? 128 : 15); i > 0; i--) {
            text.append("0123456789#*,".charAt(r.nextInt(13)));
        }
        return text.toString();
    }

    private static TransportAddress transport(final RandomGenerator r) {
        return switch (r.nextInt(8)) {
            case 0 -> new TransportAddress.SourceRoute(octets(r, 4), r.nextInt(65536),
                List.of(octets(r, 4), octets(r, 4)), r.nextBoolean());
            case 1 -> new TransportAddress.Ipx(octets(r, 6), octets(r, 4), r.nextInt(65536));
            case 2 -> TransportAddress.of(host(octets(r, 16)), r.nextInt(65536));
            case 3 -> new TransportAddress.NetBios(octets(r, 16));
            case 4 -> new TransportAddress.Nsap(octets(r, 1 + r.nextInt(20)));
            case 5 -> new TransportAddress.NonStandard(aNonStandard(r));
            default -> TransportAddress.of(host(octets(r, 4)), r.nextInt(65536));
        };
    }

    private static InetAddress host(final Octets address) {
        try {
            return InetAddress.getByAddress(address.toArray());
        } catch (final UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NonStandardParameter nonStandard(final RandomGenerator r) {
        return r.nextBoolean() ? null : aNonStandard(r);
    }

    private static NonStandardParameter aNonStandard(final RandomGenerator r) {
        final NonStandardParameter.Identifier id = r.nextBoolean()
            ? new NonStandardParameter.ByVendor(r.nextInt(256), r.nextInt(256), r.nextInt(65536))
            : new NonStandardParameter.ByObject(new ObjectIdentifier("1.3.6.1.4.1." + r.nextInt(1 << 20) + "." + r
                .nextInt(200)));
        return new NonStandardParameter(id, octets(r, r.nextInt(300)));
    }
}
