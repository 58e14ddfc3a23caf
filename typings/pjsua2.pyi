# The part of the library that the tests' legs use.
from collections.abc import Sequence

PJSUA_INVALID_ID: int
PJSIP_INV_STATE_DISCONNECTED: int
PJMEDIA_TYPE_AUDIO: int
PJSUA_CALL_MEDIA_ACTIVE: int
PJSUA_CALL_MEDIA_REMOTE_HOLD: int
PJSUA_CALL_UNHOLD: int
PJSIP_TRANSPORT_UDP: int
PJSIP_TRANSPORT_TLS: int
PJMEDIA_SRTP_MANDATORY: int

class Error(Exception):
    def info(self) -> str: ...

class OnCallStateParam: ...
class OnCallMediaStateParam: ...

class OnRegStateParam:
    code: int

class OnIncomingCallParam:
    callId: int

class CallSetting:
    flag: int

class SipHeader:
    hName: str
    hValue: str

class SipHeaderVector:
    def append(self, header: SipHeader) -> None: ...

class SipTxOption:
    headers: SipHeaderVector

class CallOpParam:
    opt: CallSetting
    txOption: SipTxOption
    statusCode: int
    def __init__(self, useDefaultCallSetting: bool = ...) -> None: ...

class CallMediaInfo:
    type: int
    status: int
    dir: int

class CallInfo:
    state: int
    stateText: str
    lastStatusCode: int
    localUri: str
    remoteUri: str
    media: Sequence[CallMediaInfo]

class AudioMedia:
    def startTransmit(self, sink: AudioMedia) -> None: ...

class AudioMediaRecorder(AudioMedia):
    def createRecorder(self, file_name: str) -> None: ...

class ToneDesc:
    freq1: int
    freq2: int
    on_msec: int
    off_msec: int
    volume: int

class ToneDescVector:
    def append(self, tone: ToneDesc) -> None: ...

class ToneGenerator(AudioMedia):
    def createToneGenerator(self, clock_rate: int, channel_count: int) -> None: ...
    def play(self, tones: ToneDescVector, loop: bool) -> None: ...

class TransportConfig:
    port: int
    boundAddress: str
    publicAddress: str

class AccountMediaConfig:
    transportConfig: TransportConfig
    srtpUse: int
    srtpSecureSignaling: int

class AccountRegConfig:
    registrarUri: str

class AuthCredInfo:
    def __init__(self, scheme: str, realm: str, user_name: str, data_type: int, data: str) -> None: ...

class AuthCredInfoVector:
    def append(self, credentials: AuthCredInfo) -> None: ...

class AccountSipConfig:
    authCreds: AuthCredInfoVector

class AccountConfig:
    idUri: str
    regConfig: AccountRegConfig
    sipConfig: AccountSipConfig
    mediaConfig: AccountMediaConfig

class Account:
    def create(self, cfg: AccountConfig) -> None: ...
    def shutdown(self) -> None: ...

class Call:
    def __init__(self, acc: Account, call_id: int = ...) -> None: ...
    def getInfo(self) -> CallInfo: ...
    def getAudioMedia(self, med_idx: int) -> AudioMedia: ...
    def makeCall(self, dst_uri: str, prm: CallOpParam) -> None: ...
    def answer(self, prm: CallOpParam) -> None: ...
    def hangup(self, prm: CallOpParam) -> None: ...
    def setHold(self, prm: CallOpParam) -> None: ...
    def reinvite(self, prm: CallOpParam) -> None: ...

class UaConfig:
    threadCnt: int
    mainThreadOnly: bool

class LogConfig:
    level: int
    consoleLevel: int

class MediaConfig:
    clockRate: int
    sndClockRate: int
    noVad: bool
    ecTailLen: int

class EpConfig:
    uaConfig: UaConfig
    logConfig: LogConfig
    medConfig: MediaConfig

class CodecInfo:
    codecId: str

class AudDevManager:
    def setNullDev(self) -> None: ...

class Endpoint:
    def libCreate(self) -> None: ...
    def libInit(self, prmEpConfig: EpConfig) -> None: ...
    def libStart(self) -> None: ...
    def libHandleEvents(self, msec_timeout: int) -> int: ...
    def transportCreate(self, type: int, cfg: TransportConfig) -> int: ...
    def audDevManager(self) -> AudDevManager: ...
    def codecEnum2(self) -> Sequence[CodecInfo]: ...
    def codecSetPriority(self, codec_id: str, priority: int) -> None: ...
