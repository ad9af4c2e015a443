// SPDX-License-Identifier: Apache-2.0

// A peer on pion/sctp, the SCTP of a WebRTC stack in Go, over UDP (RFC 6951), for an interop test. It sends messages
// on four streams, one of them unordered, to a peer that echoes, and judges every echo.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go build pion-peer.go    (Debian: golang-go golang-github-pion-sctp-dev)
//	pion-peer connect|listen LOCAL-ADDRESS:PORT REMOTE-ADDRESS:PORT MESSAGES
//
// The last line is "good MESSAGES" or says what was wrong; the exit status is 0 or 1.
package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand"
	"net"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/pion/logging"
	"github.com/pion/sctp"
)

const (
	streams     = 4
	outstanding = 32
	shortest    = 8
	longest     = 65536
	patience    = 180 * time.Second
)

// A socket that answers to the port from which the last packet came (RFC 6951 section 5.4).
type learning struct {
	*net.UDPConn
	lock   sync.Mutex
	remote *net.UDPAddr
}

func (l *learning) Read(octets []byte) (int, error) {
	n, from, err := l.ReadFromUDP(octets)
	if err == nil {
		l.lock.Lock()
		l.remote = from
		l.lock.Unlock()
	}
	return n, err
}

func (l *learning) Write(octets []byte) (int, error) {
	l.lock.Lock()
	to := l.remote
	l.lock.Unlock()
	return l.WriteToUDP(octets, to)
}

func fail(what ...interface{}) {
	fmt.Println(what...)
	os.Exit(1)
}

// Message number n of a stream: a word that tshark takes for no protocol, n, then what follows from n; one in fifty is
// long.
func message(stream, n int) []byte {
	r := rand.New(rand.NewSource(int64(stream*1000003 + n)))
	length := shortest + r.Intn(300)
	if n%50 == 0 {
		length = shortest + r.Intn(longest-shortest+1)
	}
	octets := make([]byte, length)
	r.Read(octets)
	copy(octets, "pion")
	binary.BigEndian.PutUint32(octets[4:], uint32(n))
	return octets
}

// Sends and judges one stream; an ordered one must echo in order.
func play(association *sctp.Association, id, messages int, end chan<- error) {
	stream, err := association.OpenStream(uint16(id), sctp.PayloadTypeWebRTCBinary)
	if err != nil {
		end <- err
		return
	}
	unordered := id == streams-1
	stream.SetReliabilityParams(unordered, sctp.ReliabilityTypeReliable, 0)
	room := make(chan struct{}, outstanding)
	go func() {
		for n := 0; n < messages; n++ {
			room <- struct{}{}
			if _, e := stream.WriteSCTP(message(id, n), sctp.PayloadTypeWebRTCBinary); e != nil {
				end <- e
				return
			}
		}
	}()
	buffer := make([]byte, longest)
	seen := make([]bool, messages)
	for got := 0; got < messages; got++ {
		length, _, e := stream.ReadSCTP(buffer)
		if e != nil {
			end <- e
			return
		}
		n := int(binary.BigEndian.Uint32(buffer[4:]))
		switch {
		case length < shortest || n >= messages || !bytes.Equal(buffer[:length], message(id, n)):
			end <- fmt.Errorf("stream %d: echo %d is none of our messages", id, got)
			return
		case seen[n]:
			end <- fmt.Errorf("stream %d: message %d came twice", id, n)
			return
		case !unordered && n != got:
			end <- fmt.Errorf("stream %d: message %d came as number %d", id, n, got)
			return
		}
		seen[n] = true
		<-room
	}
	end <- nil
}

func main() {
	if len(os.Args) != 5 {
		fail("pion-peer connect|listen LOCAL-ADDRESS:PORT REMOTE-ADDRESS:PORT MESSAGES")
	}
	local, err := net.ResolveUDPAddr("udp", os.Args[2])
	if err != nil {
		fail(err)
	}
	remote, err := net.ResolveUDPAddr("udp", os.Args[3])
	if err != nil {
		fail(err)
	}
	messages, err := strconv.Atoi(os.Args[4])
	if err != nil {
		fail(err)
	}
	socket, err := net.ListenUDP("udp", local)
	if err != nil {
		fail(err)
	}
	config := sctp.Config{NetConn: &learning{UDPConn: socket, remote: remote}, LoggerFactory: logging.NewDefaultLoggerFactory()}
	fmt.Println("ready")
	begin := sctp.Client
	if os.Args[1] == "listen" {
		begin = sctp.Server
	}
	association, err := begin(config)
	if err != nil {
		fail("no association:", err)
	}
	end := make(chan error, 2*streams)
	for id := 0; id < streams; id++ {
		go play(association, id, messages/streams, end)
	}
	late := time.After(patience)
	for i := 0; i < streams; i++ {
		select {
		case e := <-end:
			if e != nil {
				fail(e)
			}
		case <-late:
			fail("not all echoes within", patience)
		}
	}
	goodbye, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if e := association.Shutdown(goodbye); e != nil {
		fail("SHUTDOWN:", e)
	}
	fmt.Println("good", messages/streams*streams)
}
