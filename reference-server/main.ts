import type { AgentScript, ChatServer, Configuration, SteeredClock } from './actors.ts'
import { createAgentControl } from './agent-control.ts'
import { createChatServer } from './chat-server/chat-server.ts'
import type { Clock } from './clock.ts'
import { startControlApi } from './control-api/control-server.ts'
import type { ControlledServer } from './control-api/controlled-server.ts'
import { type Busyness, settle } from './control-api/settle.ts'
import { createTraceStream } from './control-api/trace-stream.ts'
import { createFaultSwitch } from './faults/fault-switch.ts'
import { withFaultyLines } from './faults/faulty-lines.ts'
import { withFaultyOptions } from './faults/faulty-options.ts'
import { createFileStore } from './file-store.ts'
import { createTokenReader, createTokenWriter } from './gms-node/cometd-token.ts'
import type { Log } from './log.ts'
import type { AgentDesk } from './messages.ts'
import { createNodeSlot } from './node-slot.ts'
import type { Random } from './random.ts'
import { keepRecentLines } from './recent-log.ts'
import { createServerSlot } from './server-slot.ts'
import { createRealClock } from './time/real-clock.ts'
import { createTopology } from './topology.ts'
import { createTranscriptStore } from './transcript-store.ts'

export interface ReferenceServerSettings {
  configuration: Configuration
  gmsNodes: number
  chatServers: number
  /** Port of the first node, the others follow; 0 = free ones. */
  port: number
  host?: string
  /** Absent = no control API; 0 = a free port. */
  controlPort?: number
  controlHost?: string
  controlToken?: string
  /** One per Chat Server; absent = free ones. */
  healthPorts?: readonly number[]
  clock: Clock & Partial<SteeredClock>
  /** Keys and ids; a CSPRNG outside tests. */
  random: Random
  log: Log
  /** `NAME[:arguments]`, planted from the start. */
  fault?: string
  /** Randomness of planted faults, so that a run can be repeated; default `random`. */
  faultRandom?: Random
  agentScript?: AgentScript
  /** The agent's own clock, default the host's: it keeps its planned instants also beside a scaled server. */
  agentClock?: Clock
  /** Records for listeners at `/trace` (default: with a control port). */
  trace?: boolean
}

export interface ReferenceServer {
  /** One per node. */
  urls: string[]
  control?: string
  /** One per Chat Server. */
  health: string[]
  desks: AgentDesk[]
  /** @returns undefined when everything is at rest, else what still moved at the deadline. */
  settle(deadlineMs?: number): Promise<Busyness | undefined>
  close(): Promise<void>
}

const firstDbid = 201
const cluster = 'GMS_Cluster'

/** The reference server in one process: the only place that knows all its parts. */
export async function startReferenceServer(settings: ReferenceServerSettings): Promise<ReferenceServer> {
  const { clock, random } = settings
  const host = settings.host ?? '127.0.0.1'
  const faults = createFaultSwitch(settings.faultRandom ?? random)
  const log = withFaultyLines(keepRecentLines(settings.log), faults.current)
  const configuration = withFaultyOptions(settings.configuration, faults.current)
  configuration.logTo(log)
  if (settings.fault !== undefined) faults.plant(settings.fault)
  const trace = createTraceStream()
  const tracer = (settings.trace ?? settings.controlPort !== undefined) ? trace : undefined
  // All nodes of the cluster read each other's tokens.
  const clusterKey = Buffer.from(random.hex(16), 'hex')
  const writeToken = createTokenWriter(clusterKey)
  const readToken = createTokenReader(clusterKey)
  const stored = configuration.reader('file-store', 'process')
  const files = createFileStore({
    random,
    place: () => stored.text('refserver', 'file-store-folder'),
    maxBytes: () => stored.integer('refserver', 'file-store-max-bytes'),
  })

  const nodes = Array.from({ length: settings.gmsNodes }, (_, i) =>
    createNodeSlot({
      name: `gms-${i + 1}`,
      cluster,
      host,
      port: settings.port === 0 ? 0 : settings.port + i,
      configuration,
      clock,
      random,
      log,
      tracer,
      fault: faults.current,
      readToken,
      writeToken,
      files,
    }),
  )
  const store = createTranscriptStore()
  // CS-112: no two starts share a process_os_pid, although all of them are in this process.
  let pid = process.pid
  const chatServers: ChatServer[] = Array.from({ length: settings.chatServers }, (_, i) =>
    createChatServer({
      dbid: firstDbid + i,
      configuration,
      clock,
      random,
      log,
      nextPid: () => pid++,
      store,
      files,
      tracer: () => tracer,
      faults: faults.current,
    }),
  )
  const servers = chatServers.map((server, i) =>
    createServerSlot(server, host, settings.healthPorts?.[i] ?? 0, faults.current),
  )
  const topology = createTopology(nodes, servers)
  const desks = chatServers.map(server => server.desk)
  const agent = createAgentControl(desks, settings.agentClock ?? createRealClock(), log, settings.agentScript)

  const busyness = (): Busyness => ({ ...topology.busyness(), dueTimers: dueTimers(clock, chatServers) })
  const controlled: ControlledServer = {
    clock,
    topology,
    store,
    files,
    configuration,
    faults,
    agent,
    log,
    trace,
    settle: deadlineMs => settle(busyness, deadlineMs),
  }
  const close = async () => {
    agent.stop()
    await control?.close()
    await topology.close()
    await files.close()
  }
  let control: Awaited<ReturnType<typeof startControlApi>> | undefined
  try {
    for (const each of chatServers) await topology.startServer(each.alias)
    for (const each of nodes) await topology.startNode(each.name)
    if (settings.controlPort !== undefined) {
      control = await startControlApi(controlled, {
        port: settings.controlPort,
        ...(settings.controlHost === undefined ? {} : { host: settings.controlHost }),
        ...(settings.controlToken === undefined ? {} : { token: settings.controlToken }),
      })
    }
  } catch (error) {
    // A port in use must not leave half a server behind.
    await close()
    throw error
  }

  return {
    urls: nodes.map(node => node.url()),
    ...(control ? { control: control.url } : {}),
    health: servers.map(each => each.healthUrl()),
    desks,
    settle: (deadlineMs = 10_000) => controlled.settle(deadlineMs),
    close,
  }
}

function dueTimers(clock: Clock & Partial<SteeredClock>, servers: readonly ChatServer[]): number {
  const now = clock.now()
  const due = [clock.nextDue?.(), ...servers.map(each => each.nextDeadline())]
  return due.filter(each => each !== undefined && each <= now).length
}
