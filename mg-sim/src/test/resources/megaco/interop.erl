%% SPDX-License-Identifier: Apache-2.0
%% Reads every DIR/*.in, decodes it with Erlang/OTP's megaco, writes it again as DIR/*.pretty and DIR/*.compact, or the
%% reason why not as DIR/*.error. Run: erl -noshell -pa DIR -run interop main DIR
-module(interop).
-export([main/1]).

main([Dir]) ->
    lists:foreach(fun convert/1, filelib:wildcard(Dir ++ "/*.in")),
    halt(0).

convert(In) ->
    Base = filename:rootname(In),
    {ok, Text} = file:read_file(In),
    case catch megaco_pretty_text_encoder:decode_message([], Text) of
        {ok, Msg} ->
            Version = element(2, element(3, Msg)),
            encode(megaco_pretty_text_encoder, Version, Msg, Base, ".pretty"),
            encode(megaco_compact_text_encoder, Version, Msg, Base, ".compact");
        Refused ->
            file:write_file(Base ++ ".error", io_lib:format("decode: ~p~n", [Refused]))
    end.

encode(Codec, Version, Msg, Base, Suffix) ->
    case catch Codec:encode_message([], Version, Msg) of
        {ok, Text} ->
            ok = file:write_file(Base ++ Suffix, Text);
        Refused ->
            file:write_file(Base ++ ".error", io_lib:format("~p: ~p~n", [Codec, Refused]))
    end.
