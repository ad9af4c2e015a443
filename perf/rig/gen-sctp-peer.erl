%% SPDX-License-Identifier: Apache-2.0
%% A peer on Erlang's gen_sctp, for an interop test: sockets of the one-to-many style, which the other peers have not. It
%% sends messages on all streams to somebody who echoes, and judges every echo.
%%
%%   erlc gen-sctp-peer.erl    (Debian: erlang-base)
%%   erl -noshell -run gen-sctp-peer main ADDRESS PEER-ADDRESS MESSAGES
%%
%% Listens at port 6000, says "ready", takes the peer's association out of its socket and plays on it; then calls port
%% 5000 twice. The last line is "good" or says what was wrong.
-module('gen-sctp-peer').
-export([main/1]).
-include_lib("kernel/include/inet_sctp.hrl").

-define(STREAMS, 16).
-define(OUTSTANDING, 8).
-define(PATIENCE, 60000).
-define(LAST, 40).
%% A payload protocol identifier that tshark takes for no protocol.
-define(PPID, 16#50000000).

main([Local, Remote, Messages]) ->
    try
        play(address(Local), address(Remote), list_to_integer(Messages)),
        io:format("good~n")
    catch
        Class:Why:Where -> io:format("~0p ~0p ~0p~n", [Class, Why, Where])
    end,
    halt().

play(Local, Remote, N) ->
    {ok, Listening} = gen_sctp:open(6000, options(Local)),
    ok = gen_sctp:listen(Listening, true),
    io:format("ready~n"),
    {ok, {_, _, _, #sctp_assoc_change{state = comm_up, assoc_id = Called}}} = gen_sctp:recv(Listening, ?PATIENCE),
    {ok, Own} = gen_sctp:peeloff(Listening, Called),
    ok = inet:setopts(Own, [{active, false}]),
    echo(Own, Called, 0, N),
    goodbye(Own, Called),

    {Socket, First} = call(Local, Remote),
    echo(Socket, First, 0, N),
    ok = gen_sctp:abort(Socket, #sctp_assoc_change{assoc_id = First}),
    comm_lost = ending(Socket),

    {Other, Second} = call(Local, Remote),
    echo(Other, Second, 0, N),
    %% what is on the way arrives before the goodbye
    [ok = send(Other, Second, I) || I <- lists:seq(N, N + ?LAST - 1)],
    goodbye(Other, Second).

address(Text) ->
    {ok, Address} = inet:parse_address(Text),
    Address.

options(Local) ->
    [{ip, Local}, {active, false}, binary, {recbuf, 1048576}, {sndbuf, 1048576},
     {sctp_initmsg, #sctp_initmsg{num_ostreams = ?STREAMS, max_instreams = ?STREAMS}}].

call(Local, Remote) ->
    {ok, Socket} = gen_sctp:open(options(Local)),
    {ok, #sctp_assoc_change{state = comm_up, assoc_id = Id}} = gen_sctp:connect(Socket, Remote, 5000, []),
    {Socket, Id}.

goodbye(Socket, Id) ->
    ok = gen_sctp:eof(Socket, #sctp_assoc_change{assoc_id = Id}),
    shutdown_comp = ending(Socket).

%% How the association ended; echoes that still come are of no interest.
ending(Socket) ->
    case gen_sctp:recv(Socket, ?PATIENCE) of
        {ok, {_, _, _, #sctp_assoc_change{state = State}}} -> State;
        {ok, _} -> ending(Socket)
    end.

%% Message number I: one in 25 is long; its number, again and again.
body(I) ->
    Length = case I rem 25 of
        0 -> 1 + I * 7919 rem 65536;
        _ -> 1 + I * 31 rem 600
    end,
    binary:part(binary:copy(<<"gen_", I:32>>, Length div 8 + 1), 0, Length).

send(Socket, Id, I) ->
    Flags = case I rem 8 of 7 -> [unordered]; _ -> [] end,
    Info = #sctp_sndrcvinfo{stream = I rem ?STREAMS, assoc_id = Id, ppid = ?PPID + I, flags = Flags},
    gen_sctp:send(Socket, Info, body(I)).

echo(_, _, N, N) ->
    ok;
echo(Socket, Id, From, N) ->
    Sent = lists:seq(From, min(From + ?OUTSTANDING, N) - 1),
    [ok = send(Socket, Id, I) || I <- Sent],
    judge(Socket, Sent, <<>>),
    echo(Socket, Id, From + length(Sent), N).

%% A long message may come in pieces.
judge(_, [], <<>>) ->
    ok;
judge(Socket, Expected, Begun) ->
    case gen_sctp:recv(Socket, ?PATIENCE) of
        {ok, {_, _, [#sctp_sndrcvinfo{stream = Stream, ppid = Ppid}], Data}} when is_binary(Data) ->
            I = Ppid - ?PPID,
            Octets = <<Begun/binary, Data/binary>>,
            Body = body(I),
            case {lists:member(I, Expected), Stream =:= I rem ?STREAMS, Octets =:= Body} of
                {true, true, true} -> judge(Socket, lists:delete(I, Expected), <<>>);
                {true, true, false} when byte_size(Octets) < byte_size(Body) -> judge(Socket, Expected, Octets);
                _ -> error({wrong, I, Stream, byte_size(Octets)})
            end;
        {ok, {_, _, _, #sctp_paddr_change{}}} -> judge(Socket, Expected, Begun)
    end.
