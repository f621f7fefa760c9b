import type { ChatEvent, EventType } from '../protocol/chat/event.ts'

/**
 * Plain messages between a GMS node and a Chat Server: no shared objects, no callbacks, so that both can later be
 * processes of their own. Each side holds a `Link` to the other; a link never calls back synchronously out of `send`
 * into its own sender's stack unless both live in one process, and nobody may rely on either.
 */
export interface Link<Message> {
  send(message: Message): void
}

export type NodeToServer =
  /** Only nodes with enable_notification_mode=true register (CS-058). */
  | { kind: 'register'; node: string; cluster: string }
  | { kind: 'unregister'; node: string }
  | CometSign
  /** `mayRestore`: no running instance has the session, this one is to look for it in the store. */
  | { kind: 'request'; id: number; node: string; request: ChatRequest; mayRestore?: boolean }

/** The CometD session that a chat was attached to is gone; or it is there, which answers a ping (CS-008). */
export interface CometSign {
  kind: 'detach' | 'alive'
  chatId: string
  attachment: number
}

export type ServerToNode =
  | { kind: 'reply'; id: number; outcome: ChatOutcome }
  | { kind: 'notify'; notice: PushNotice }
  | CometNotice

/** To the node that a chat is attached at, about the attachment that it named in `ChatRequest.comet`. */
export type CometNotice =
  /** One customer-visible event, unasked (CV2-116). */
  | {
      kind: 'event'
      attachment: number
      chatId: string
      event: ChatEvent
      nextPosition: number
      /** To this customer; nothing follows (CV2-145). */
      chatEnded: boolean
      /** Raw key, for the CometD token. */
      secureKey: string
    }
  /** Another CometD session has taken over (CV2-133). */
  | { kind: 'detached'; attachment: number }
  /** This Chat Server has brought a chat back, and no CometD session is attached to it. */
  | { kind: 'restored'; chatId: string }
  /** Flex-push ping: is the CometD session still there (CS-004)? */
  | { kind: 'ping'; attachment: number }

export const chatOperations = [
  'requestChat',
  'send',
  'refresh',
  'startTyping',
  'stopTyping',
  'pushUrl',
  'updateNickname',
  'customNotice',
  'updateData',
  'readReceipt',
  'disconnect',
] as const

/** Of the file endpoint and of the REST file calls (gms-chat-v2 8); the content goes past the Chat Server. */
export const fileOperations = ['fileGetLimits', 'fileUpload', 'fileDownload', 'fileDelete'] as const
export type FileOperation = (typeof fileOperations)[number]
/**
 * `reattach` is the node's own, for a CometD session that is there when its Chat Server was lost, or the way to it (CV2-187):
 * no key is asked for, since the session has shown it.
 */
export type ChatOperation = (typeof chatOperations)[number] | FileOperation | 'reattach'

/** A file whose content is in the file store, under its id. */
export interface StoredFile {
  fileId: string
  /** Without folders. */
  name: string
  /** Content type, as it was given. */
  type: string
  sizeBytes: number
}

/** A request that the node has found well-formed; refusals of 4.5 with an HTTP 4xx never reach the Chat Server. */
export interface ChatRequest {
  operation: ChatOperation
  service: string
  /** Tokens; empty for requestChat, the user id also where a CometD token names the session by its key (CV2-123). */
  chatId: string
  userId: string
  secureKey: string
  /** undefined = none was given (OQ-05 tells what that means per operation). */
  transcriptPosition?: number
  /** Text of send, typing preview, custom notice. */
  message?: string
  messageType?: string
  pushUrl?: string
  nickname?: string
  /** fileUpload. */
  file?: StoredFile
  /** fileDownload, fileDelete. */
  fileId?: string
  /**
   * requestChat: attached data incl. Subject, FirstName, LastName, EmailAddress (CV2-076); updateData: what to merge;
   * fileUpload: description and other metadata (CV2-167).
   */
  userData?: Record<string, string>
  /** The node's cluster name, used when the client gave no GCTI_GMS_NodeGroup (CS-051). */
  nodeGroup?: string
  /** `push_notification_include_payload` of the service, decided by the node (PUSH-028). */
  includePayload?: boolean
  /**
   * It came over CometD. requestChat and refresh attach the CometD session to the chat under this number of the node's
   * (CV2-115, CV2-133); other requests name the attachment that they come from, 0 = none. `position`: the first index that
   * its client has not been sent.
   */
  comet?: { attachment: number; pushesToo: boolean; position: number }
}

export type ChatOutcome =
  | {
      kind: 'ok'
      /** DBID of the owner, decimal (OQ-35). */
      alias: string
      chatId: string
      /** Absent after the party's own disconnect (CV2-100). */
      userId?: string
      secureKey?: string
      nextPosition: number
      chatEnded: boolean
      /** Customer-visible events only. */
      events: ChatEvent[]
      /** fileGetLimits: who asks, and the ten values (CV2-162). */
      limits?: FileLimits
      /** fileUpload, fileDownload. */
      file?: StoredFile
    }
  | { kind: 'refused'; reason: Refusal; alias?: string; chatId?: string }

export interface FileLimits {
  from: ChatEvent['from']
  utcTime: number
  values: Record<string, string>
}

/**
 * `not-here`: this instance does not know the session (another may); `limited`: no new session here (CS-121, CS-106);
 * `unavailable`: not to be restored here now, because this instance stops or another one that runs has the session;
 * those of files are final for this request only; the others are final and surface as 249 (OQ-10).
 */
export type Refusal = 'not-here' | 'limited' | 'unavailable' | 'wrong-key' | 'unknown-user' | 'over' | FileRefusal

/** The chat goes on (CV2-172). */
export const fileRefusals = [
  'no-agent',
  'too-many-files',
  'too-large',
  'wrong-type',
  'unknown-file',
  'not-permitted',
  'no-attempt-left',
] as const
export type FileRefusal = (typeof fileRefusals)[number]

/** One notification on its way to a node; the node decides provider, URL and body (PUSH-040 ff., PUSH-050 ff.). */
export interface PushNotice {
  chatId: string
  service: string
  deviceId: string
  deviceType: string
  provider?: string
  debug: boolean
  /** Body mode: `event` = A or B by `includePayload`, `trigger` = C, `advice` = shutdown advice (CS-100). */
  form: 'event' | 'trigger' | 'advice'
  includePayload: boolean
  /** Index of the event that caused it (trace and log lines; the wire form has its own index). */
  index: number
  eventType: EventType
  event?: ChatEvent
  /** Trigger form: repetitions so far and first position not retrieved, -1 = party removed (CS-064 to CS-066). */
  attempt: number
  notifyPosition: number
  /** Members of flex-push-content in force when it leaves the Chat Server (PUSH-055, PUSH-060). */
  content: Record<string, string>
  nextPosition: number
  chatEnded: boolean
  /** Raw key; the node makes the opaque CometD token of `message.secureKey` from it and never shows it (PUSH-046). */
  secureKey: string
  /** GCTI_GMS_ClientChannel of the session (PUSH-047). */
  clientChannel?: string
}

/** Agent side of a Chat Server: what an agent desktop would do (what tests must be able to control). Positions and ids as in Chat V2. */
export interface AgentDesk {
  /** Sessions are offered to every observer when they start; `observe` returns a function that stops it. */
  observe(observer: AgentObserver): () => void
  /** @returns the participant id, undefined when the session is not there or over. */
  join(chatId: string, nickname: string, partyType?: 'Agent' | 'Supervisor' | 'External'): number | undefined
  say(
    chatId: string,
    participantId: number,
    text: string,
    options?: { messageType?: string; agentOnly?: boolean },
  ): boolean
  type(chatId: string, participantId: number, started: boolean, text?: string): boolean
  pushUrl(chatId: string, participantId: number, url: string): boolean
  notice(chatId: string, participantId: number, text?: string, agentOnly?: boolean): boolean
  rename(chatId: string, participantId: number, nickname: string): boolean
  /** The content is in the file store already; no limit of [client-file-transfer] holds for agents. */
  upload(chatId: string, participantId: number, file: StoredFile, metadata?: Record<string, string>): boolean
  /** Whoever uploaded it. */
  deleteFile(chatId: string, participantId: number, fileId: string): boolean
  leave(chatId: string, participantId: number): boolean
  /** Removes another party, reason 4. */
  remove(chatId: string, participantId: number, target: number): boolean
  /** Forced close: agent leaves, customer is removed with reason 4, session is over (CS-013). */
  close(chatId: string, participantId: number): boolean
  /** Workflow stop, reason 5. */
  stopByWorkflow(chatId: string): boolean
  /** Everything an agent may see, agent-only events included. */
  view(chatId: string): SessionView | undefined
}

export interface AgentObserver {
  sessionStarted?(chatId: string, userData: Readonly<Record<string, string>>): void
  /** On this instance now; whoever was in it has to join again (CS-087). */
  sessionRestored?(chatId: string, userData: Readonly<Record<string, string>>): void
  /** Every event, agent-only ones included, right after it got its index. */
  event?(chatId: string, event: ChatEvent): void
  sessionEnded?(chatId: string): void
}

/** Whose file it is (OQ-20). */
export type FileSource = 'client' | 'agent'

export interface SessionView {
  chatId: string
  service: string
  async: boolean
  over: boolean
  startedAt: number
  userData: Record<string, string>
  parties: { participantId: number; nickname: string; type: string; present: boolean; state?: string }[]
  transcript: ChatEvent[]
  readReceipts: { participantId: number; index: number }[]
  files: (StoredFile & { source: FileSource; downloads: number })[]
  nextPosition: number
  node?: string
  push?: { mode: 'event' | 'trigger'; waiting: boolean; attempt: number; position: number }
}
