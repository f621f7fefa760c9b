import type { Readable } from 'node:stream'
import type { Distribution } from '../protocol/distribution.ts'
import type { StoredChange, StoredSession } from './chat-server/stored-session.ts'
import type { Clock } from './clock.ts'
import type { ActorKind } from './configuration/option-table.ts'
import type { FaultGate } from './faults/gate.ts'
import type { Log } from './log.ts'
import type { AgentDesk, Link, NodeToServer, ServerToNode } from './messages.ts'
import type { Random } from './random.ts'
import type { Tracer } from './tracer.ts'

/** How each actor is made; the factories are named in the comments. Types only. */

/** `configuration/configuration.ts`: loadConfiguration({ text, source, set, log }). */
export interface ConfigurationInput {
  /** INI text; absent = documented defaults only. */
  text?: string
  /** File name for warnings. */
  source?: string
  /** `--set section.option=value`, applied after the text. The longest known option name wins. */
  set?: readonly string[]
  log: Log
}

export interface Configuration {
  /**
   * What one node or Chat Server reads. Taken at each (re)start of that actor: `after restart` options keep the value
   * they had then, all others are read live. `kind` (default: a GMS node) tells which of those wait for this actor.
   */
  reader(actor: string, kind?: ActorKind): OptionReader
  /** `value` undefined deletes the option, so that its default is back (OPT-010). */
  set(section: string, option: string, value: string | undefined): SetOutcome
  /** Every known option in force and every one that was set, for `serve --print-config` and the control API. */
  effective(): EffectiveOption[]
  hasService(service: string): boolean
  /** What is wrong with values that are set from now on is told there (OPT-006, OPT-010). */
  logTo(log: Log): void
}

export interface OptionReader {
  /** Verbatim value, else the documented default, else ''. A section `chat.X` falls back on `chat` (OPT-009). */
  text(section: string, option: string): string
  flag(section: string, option: string): boolean
  integer(section: string, option: string): number
  list(section: string, option: string): readonly string[]
  /** Set and valid in exactly this section; neither fallback nor default. */
  own(section: string, option: string): string | undefined
  hasService(service: string): boolean
  /** Sections that exist, in file order. */
  sections(): string[]
}

export type SetOutcome =
  | { kind: 'in-force' }
  /** Takes effect when these actors restart (OPT-008, OPT-081). */
  | { kind: 'pending'; until: string[] }
  /** The default is used (OPT-006) or the option is not known (OPT-010). */
  | { kind: 'warned'; warning: string }

export interface EffectiveOption {
  section: string
  option: string
  value: string
  origin: 'default' | 'file' | 'set' | 'invalid'
  takesEffect: 'immediately' | 'after restart'
  /** Set but not yet in force for at least one actor. */
  pending?: string
}

/** `chat-server/chat-server.ts`: createChatServer(parts). It starts stopped; call start(). */
export interface ChatServerParts {
  /** Application DBID; its decimal form is the REST alias (OQ-35). */
  dbid: number
  configuration: Configuration
  clock: Clock
  random: Random
  log: Log
  /** process_os_pid of the next start; each start takes a new one. Default: counts from process.pid. */
  nextPid?: () => number
  /** Where sessions are stored for other instances; absent = they end with this one. */
  store?: TranscriptStore
  /** Where the files of its sessions are; absent = nowhere. */
  files?: Pick<FileStore, 'remove'>
  tracer?: () => Tracer | undefined
  faults?: () => FaultGate | undefined
}

export interface ChatServer {
  readonly dbid: number
  readonly alias: string
  readonly state: 'running' | 'stopping' | 'stopped'
  readonly desk: AgentDesk
  start(): void
  /** Through the control layer: shutdown advice (CS-100), no new sessions, then connections close. */
  stop(): Promise<void>
  /** Crash: nothing is sent (CS-103). */
  kill(): void
  /**
   * A node's connection; `closed` is called once when the server stops. Registration for notifications is the message
   * `register`; closing the connection unregisters. @returns undefined while the server is stopped.
   */
  connect(link: Link<ServerToNode>, closed: () => void): ServerConnection | undefined
  /** JSON members of the health endpoint (CS-110 to CS-114); undefined while stopped (CS-113). */
  health(): ChatServerHealth | undefined
  /** Live sessions of this instance. */
  chatIds(): string[]
  /** Epoch ms (server time) of the earliest armed deadline, for `settle`. */
  nextDeadline(): number | undefined
}

/** `transcript-store.ts`: createTranscriptStore(). One for all Chat Servers. */
export interface TranscriptStore {
  /** One for each start of a Chat Server. */
  open(): StoreConnection
  /** Sessions that it keeps. */
  size(): number
  /** While it fails it takes nothing and gives nothing. */
  fail(isFailing: boolean): void
}

export interface StoreConnection {
  isOpen(): boolean
  isFailing(): boolean
  /** Whoever writes owns the session. @returns false when it was not written. */
  save(change: StoredChange): boolean
  remove(chatId: string): void
  /** `isOwned`: by another instance that runs (CS-095). */
  find(chatId: string): (StoredSession & { isOwned: boolean }) | undefined
  /** The instance is gone, and its sessions have no owner. */
  close(): void
}

/** `file-store.ts`: createFileStore(). One for all nodes and Chat Servers: contents by id, and nothing else about them. */
export interface FileStore {
  /** Writes what comes, to its end. Nothing is kept of what breaks off. @returns `full` over the limit of the store. */
  put(content: Readable): Promise<{ fileId: string; sizeBytes: number } | 'full'>
  /** @returns undefined when it is not there. */
  read(fileId: string): Promise<Readable | undefined>
  remove(fileId: string): void
  gauges(): { files: number; bytes: number }
  /** Nothing is left. */
  close(): Promise<void>
}

export interface ServerConnection extends Link<NodeToServer> {
  close(): void
}

export interface ChatServerHealth {
  app_dbid: number
  process_os_pid: number
  sessions: number
  flexUsers: number
  pushSubscriptions: number
  gmsNodes: number
  sessionsCreated: number
  sessionsRestored: number
  eventsStored: number
  pushesSent: number
  pushesResent: number
  pushesLost: number
  /** CS-126; false as well when `limits-reached-report-scs` is off. */
  serviceUnavailable: boolean
}

/** `agent/scripted-agent.ts`: createScriptedAgent(parts). `agent/agent-script.ts`: readAgentScript(json). */
export interface ScriptedAgentParts {
  desks: readonly AgentDesk[]
  /** Planned instants are instants of this clock: the real one, also beside a scaled server clock; manual in tests. */
  clock: Clock
  /** Host epoch ms for the lateness in markers; `() => clock.now()` under a manual clock. */
  hostNow: () => number
  script: AgentScript
  log: Log
}

export interface AgentScript {
  /** Only sessions of this run; absent = each session that carries `chatgauge_session`. */
  run?: string
  seed: number
  joinDelay: Distribution
  replyDelay: Distribution
  /** Unprompted messages per second, all sessions together. */
  ratePerSecond: number
  /** Epoch ms of the first unprompted message's schedule; absent = when the script starts. */
  startMs?: number
  typing: boolean
  /** Share of texts that are pushed as URL instead. */
  pushUrlShare: number
  /** Share of replies after which the agent leaves and another joins. */
  transferShare: number
  /** Obeys `chatgauge_agent_closes_at`. */
  closes: boolean
  /** Characters after the marker. */
  textLength: number
}

export interface ScriptedAgent {
  /** Answers and joins owed and not yet done; a close that is planned for later is not counted. */
  pending(): number
  /** No unprompted work any more; what is owed is still done. */
  drain(): void
  replaceScript(script: AgentScript): void
  gauges(): { sessions: number; joined: number; said: number; late: number }
  stop(): void
}

/** `time/real-clock.ts`: createRealClock(). `time/manual-clock.ts`: createManualClock(startMs). */
export interface ManualClock extends Clock {
  /** Runs what falls due, in order, each at its own instant. */
  advance(ms: number): void
  nextDue(): number | undefined
}

/** `time/scaled-clock.ts`: createScaledClock({ factor, startMs? }); factor 1 = real time that can be frozen and advanced. */
export interface SteeredClock extends ManualClock {
  freeze(): void
  resume(): void
  readonly frozen: boolean
  readonly factor: number
}
