-- Wireshark and tshark: RAS over SCTP has payload protocol identifier 13 (H.323), which they take for Q.931.
-- tshark -X lua_script:docs/wireshark/poolswitch.lua -d udp.port==9899,sctp -r target/demo/demo.pcap
DissectorTable.get("sctp.ppi"):add(13, Dissector.get("h225.ras"))
