"""A SIP phone without a sound card, as a process of its own: it plays one tone and records what it hears.

    python leg_process.py NAME FREQUENCY RECORDING ADDRESS PORT ANSWERING [REGISTRAR PASSWORD]

With a registrar it registers there over TLS and takes encrypted sound only.

It takes commands as JSON lines on its input and tells what happens as JSON lines on its output; `leg.Leg` is the other
end of both. It runs as a script, alone with pjsua2, so that a kill hits nothing else.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import sys
import time
from typing import Final

import pjsua2 as pj

_RATE: Final = 16000  # the recording is written each 125 ms at this rate, so tests hear soon
_GOODBYE: Final = 5.0  # seconds that the other end may take to hear that we hang up
_LAST_WORD: Final = 0.05
_BREATH: Final = 0.005  # seconds between two looks at the input
_ANSWERS: Final = {"answer": 200, "ring": 180, "busy": 486, "decline": 603}
_TALKING: Final = (pj.PJSUA_CALL_MEDIA_ACTIVE, pj.PJSUA_CALL_MEDIA_REMOTE_HOLD)


class _Call(pj.Call):
    """One call of this leg."""

    def __init__(self, phone: Phone, call: int = pj.PJSUA_INVALID_ID) -> None:
        super().__init__(phone.account, call)
        self._phone = phone

    def onCallState(self, prm: pj.OnCallStateParam) -> None:  # noqa: ARG002, N802 -- the library's name
        now = self.getInfo()
        self._phone.tell("state", state=now.stateText, code=now.lastStatusCode)
        if now.state == pj.PJSIP_INV_STATE_DISCONNECTED:
            self._phone.over(self)

    def onCallMediaState(self, prm: pj.OnCallMediaStateParam) -> None:  # noqa: ARG002, N802 -- the library's name
        now = self.getInfo()  # kept: what it holds goes with it
        for index, media in enumerate(now.media):
            self._phone.tell("media", status=int(media.status), direction=int(media.dir))
            if media.type == pj.PJMEDIA_TYPE_AUDIO and media.status in _TALKING:
                self._phone.join(self.getAudioMedia(index))


class _Account(pj.Account):
    """Takes calls for this leg."""

    def __init__(self, phone: Phone) -> None:
        super().__init__()
        self._phone = phone

    def onRegState(self, prm: pj.OnRegStateParam) -> None:  # noqa: N802 -- the library's name
        self._phone.tell("registered", code=prm.code)

    def onIncomingCall(self, prm: pj.OnIncomingCallParam) -> None:  # noqa: N802 -- the library's name
        self._phone.ring(prm.callId)


class Phone:
    """The leg: one account, one tone, one recording, any number of calls."""

    def __init__(self, name: str, address: str, port: int, answering: str, *registration: str) -> None:
        """Open the SIP port; nothing is played or recorded yet."""
        self._name = name
        self._told = os.fdopen(os.dup(1), "w")
        os.dup2(2, 1)  # the library writes to the output too
        self._answering = answering
        self._calls: list[_Call] = []
        self._ended: list[_Call] = []  # kept until the library's callback has returned
        self._due: list[tuple[float, _Call]] = []
        self._endpoint = _endpoint(address, port, pj.PJSIP_TRANSPORT_TLS if registration else pj.PJSIP_TRANSPORT_UDP)
        self.account = _Account(self)
        self.account.create(_settings(name, address, port, *registration))
        self._tone = pj.ToneGenerator()
        self._clock = pj.ToneGenerator()
        self._recorder = pj.AudioMediaRecorder()

    def run(self, frequency: int, recording: str) -> None:
        """Play, record, obey until told to quit or until the input ends."""
        self._recorder.createRecorder(recording)
        _play(self._tone, frequency, volume=0)
        _play(self._clock, 3300, volume=1)  # inaudible: it keeps the recording running, so that a sample is a moment
        self._clock.startTransmit(self._recorder)
        self.tell("ready")
        waiting = b""
        while True:
            self._endpoint.libHandleEvents(5)
            self._ended.clear()
            self._answer_what_is_due()
            if not select.select([0], [], [], _BREATH)[0]:
                continue
            if not (read := os.read(0, 65536)):
                break
            *lines, waiting = (waiting + read).split(b"\n")
            if not all([self._obey(json.loads(line)) for line in lines]):  # noqa: C419 -- each line is obeyed
                break
        self._close()

    def tell(self, event: str, **facts: object) -> None:
        """Say on the output what happened."""
        self._told.write(json.dumps({"event": event, "leg": self._name, "at": time.time(), **facts}) + "\n")
        self._told.flush()

    def ring(self, id: int) -> None:
        """Treat an incoming call as we were told to."""
        call = _Call(self, id)
        self._calls.append(call)
        now = call.getInfo()
        self.tell("incoming", caller=now.remoteUri, dialled=now.localUri, answering=self._answering)
        how, _, after = self._answering.partition(":")
        call.answer(_with(180 if after else _ANSWERS[how]))
        if after:
            self._due.append((time.monotonic() + float(after), call))

    def join(self, sound: pj.AudioMedia) -> None:
        """Play our tone into a call and record what comes from it."""
        self._tone.startTransmit(sound)
        sound.startTransmit(self._recorder)

    def over(self, call: _Call) -> None:
        """Let go of a call that ended: the next one may get its number, and one of the two would hear nothing."""
        self._due = [(when, other) for when, other in self._due if other is not call]
        self._ended.append(call)
        with contextlib.suppress(ValueError):
            self._calls.remove(call)

    def _answer_what_is_due(self) -> None:
        due = [call for when, call in self._due if when <= time.monotonic()]
        self._due = [(when, call) for when, call in self._due if call not in due]
        for call in due:
            call.answer(_with(200))

    def _obey(self, command: dict[str, str]) -> bool:
        """Do what *command* says; tell whether to go on."""
        do = command["do"]
        try:
            if do == "answering":
                self._answering = command["how"]
            elif do == "call":
                self._calls.append(_Call(self))
                self._calls[-1].makeCall(command["to"], _from(command["location"]))
            elif do != "quit":
                self._act(do)
        except pj.Error as wrong:
            self.tell("error", do=do, why=wrong.info())
        else:
            self.tell("done", do=do)
        return do != "quit"

    def _act(self, do: str) -> None:
        for call in list(self._calls):
            if do == "answer":
                call.answer(_with(200))
            elif do == "hold":
                call.setHold(pj.CallOpParam(True))
            elif do == "resume":
                again = pj.CallOpParam(True)
                again.opt.flag = pj.PJSUA_CALL_UNHOLD
                call.reinvite(again)
            elif do == "hang_up":
                call.hangup(pj.CallOpParam())

    def _close(self) -> None:
        for call in list(self._calls):
            with contextlib.suppress(pj.Error):
                call.hangup(pj.CallOpParam())
        until = time.monotonic() + _GOODBYE
        while self._calls and time.monotonic() < until:
            self._endpoint.libHandleEvents(5)
        until = time.monotonic() + _LAST_WORD
        while time.monotonic() < until:  # what was said last may have to be said again
            self._endpoint.libHandleEvents(5)
        self._ended.clear()
        self._calls.clear()
        del self._recorder, self._tone, self._clock  # the recording is complete only then
        self.account.shutdown()
        os._exit(0)  # the library's own end may abort; nothing of ours is left to close


def _from(location: str) -> pj.CallOpParam:
    """Return what a call is made with; the header is how a network may say where the caller is."""
    asked = pj.CallOpParam(True)
    if location:
        header = pj.SipHeader()
        header.hName, header.hValue = "X-Caller-Location", location
        headers = pj.SipHeaderVector()
        headers.append(header)
        asked.txOption.headers = headers
    return asked


def _endpoint(address: str, port: int, kind: int) -> pj.Endpoint:
    """Start the library without threads of its own: every callback comes inside `libHandleEvents`."""
    endpoint = pj.Endpoint()
    endpoint.libCreate()
    settings = pj.EpConfig()
    settings.uaConfig.threadCnt = 0
    settings.uaConfig.mainThreadOnly = True
    settings.logConfig.level = settings.logConfig.consoleLevel = 0
    settings.medConfig.clockRate = settings.medConfig.sndClockRate = _RATE
    settings.medConfig.noVad = True
    settings.medConfig.ecTailLen = 0
    endpoint.libInit(settings)
    transport = pj.TransportConfig()
    transport.port, transport.boundAddress, transport.publicAddress = port, address, address
    endpoint.transportCreate(kind, transport)
    endpoint.libStart()
    endpoint.audDevManager().setNullDev()
    for codec in endpoint.codecEnum2():
        endpoint.codecSetPriority(codec.codecId, 255 if codec.codecId.startswith("PCMA/8000") else 0)
    return endpoint


def _settings(name: str, address: str, port: int, registrar: str = "", password: str = "") -> pj.AccountConfig:
    settings = pj.AccountConfig()
    settings.idUri = f"sip:{name}@{address}:{port}"
    if registrar:
        settings.regConfig.registrarUri = registrar
        settings.sipConfig.authCreds.append(pj.AuthCredInfo("digest", "*", name, 0, password))
        settings.mediaConfig.srtpUse = pj.PJMEDIA_SRTP_MANDATORY
        settings.mediaConfig.srtpSecureSignaling = 1
    settings.mediaConfig.transportConfig.port = 0
    settings.mediaConfig.transportConfig.boundAddress = address
    settings.mediaConfig.transportConfig.publicAddress = address
    return settings


def _play(generator: pj.ToneGenerator, frequency: int, *, volume: int) -> None:
    """Play one sine for ever; volume 0 is the library's own, about -12 dB."""
    generator.createToneGenerator(_RATE, 1)
    tone = pj.ToneDesc()
    tone.freq1, tone.freq2, tone.on_msec, tone.off_msec, tone.volume = frequency, 0, 1000, 0, volume
    tones = pj.ToneDescVector()
    tones.append(tone)
    generator.play(tones, True)


def _with(code: int) -> pj.CallOpParam:
    answer = pj.CallOpParam()
    answer.statusCode = code
    return answer


def main() -> None:
    """Be the leg that the command line names."""
    name, frequency, recording, address, port, answering, *registration = sys.argv[1:]
    with contextlib.suppress(PermissionError):
        # A phone has a processor of its own, whatever else the machine of the tests does.
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(5))
    Phone(name, address, int(port), answering, *registration).run(int(frequency), recording)


if __name__ == "__main__":
    main()
