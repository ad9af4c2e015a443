#!/usr/bin/env escript
%% Judges the codec with the one that erlc -bper made of RAS.asn1.
%% judge.escript FOLDER decode FILE: a line of hexadecimal per message; prints what its own encoding of it is.
%% judge.escript FOLDER encode: prints messages of its own making, each as name and hexadecimal.
main([Folder, "decode", File]) ->
    true = code:add_patha(Folder),
    {ok, Text} = file:read_file(File),
    [io:format("~s~n", [again(binary:decode_hex(Line))]) || Line <- binary:split(Text, <<"\n">>, [global, trim])];
main([Folder, "encode"]) ->
    true = code:add_patha(Folder),
    [begin
        {ok, Octets} = 'RAS':encode('RasMessage', Message),
        io:format("~s ~s~n", [Name, hex(Octets)])
     end || {Name, Message} <- messages()].

again(Octets) ->
    case 'RAS':decode('RasMessage', Octets) of
        {ok, Message} ->
            {ok, Same} = 'RAS':encode('RasMessage', Message),
            hex(Same);
        {error, _} -> "refused"
    end.

hex(Octets) -> string:lowercase(binary:encode_hex(Octets)).

messages() ->
    Guid = fun(N) -> binary:copy(<<N>>, 16) end,
    Vendor = #{nonStandardIdentifier => {h221NonStandard,
                   #{t35CountryCode => 181, t35Extension => 2, manufacturerCode => 9009}}, data => <<1, 2, 3>>},
    Arq = #{requestSeqNum => 4711, callType => {nToN, 'NULL'}, endpointIdentifier => "gwc-1",
            srcInfo => [{dialledDigits, "49201*#,"}], bandWidth => 1280, callReferenceValue => 65535,
            conferenceID => Guid(1), activeMC => true, answerCall => false,
            canMapAlias => false, callIdentifier => #{guid => Guid(2)}, willSupplyUUIEs => true,
            canMapSrcAlias => false},
    [{"arq-small", {admissionRequest, Arq}},
     {"arq-full", {admissionRequest, Arq#{
            callModel => {gatekeeperRouted, 'NULL'},
            destinationInfo => [{'h323-ID', "m\x{fc}ller"}, {dialledDigits, "0301234567"}],
            destCallSignalAddress => {ip6Address, #{ip => Guid(16#fd), port => 1720}},
            destExtraCallInfo => [{dialledDigits, "1"}],
            srcCallSignalAddress => {ipxAddress, #{node => <<1, 2, 3, 4, 5, 6>>, netnum => <<7, 8, 9, 10>>,
                                                   port => <<11, 12>>}},
            nonStandardData => Vendor,
            callServices => #{q932Full => true, q951Full => false, q952Full => true, q953Full => false,
                              q955Full => true, q956Full => false, q957Full => true,
                              q954Info => #{conferenceCalling => false, threePartyService => true}},
            answerCall => true, activeMC => false, gatekeeperIdentifier => "gk", canMapSrcAlias => true}}},
     {"acf", {admissionConfirm, #{requestSeqNum => 65535, bandWidth => 4294967295, callModel => {direct, 'NULL'},
            destCallSignalAddress => {ipAddress, #{ip => <<127, 0, 0, 5>>, port => 2944}}, irrFrequency => 65535,
            nonStandardData => Vendor, destinationInfo => [{dialledDigits, "112"}], willRespondToIRR => true,
            uuiesRequested => #{setup => true, callProceeding => false, connect => false, alerting => false,
                information => false, releaseComplete => false, facility => false, progress => false, empty => false,
                status => false, statusInquiry => false, setupAcknowledge => false, notify => true}}}},
     {"arj", {admissionReject, #{requestSeqNum => 1, rejectReason => {unallocatedNumber, 'NULL'}}}},
     {"drq", {disengageRequest, #{requestSeqNum => 2, endpointIdentifier => "gwc-1", conferenceID => Guid(1),
            callReferenceValue => 3, disengageReason => {normalDrop, 'NULL'}, callIdentifier => #{guid => Guid(2)},
            answeredCall => true}}},
     {"dcf", {disengageConfirm, #{requestSeqNum => 2, nonStandardData => Vendor}}},
     {"drj", {disengageReject, #{requestSeqNum => 2, rejectReason => {requestToDropOther, 'NULL'}}}},
     {"xrs", {unknownMessageResponse, #{requestSeqNum => 9, messageNotUnderstood => <<16#ff, 0>>}}},
     {"rip", {requestInProgress, #{requestSeqNum => 9, delay => 1000}}}].
