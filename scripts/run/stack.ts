import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeOptions } from '../../scenarios/options.ts'
import { type AgentSteering, steerAgent } from './agent-steering.ts'
import { type Child, startChild } from './child.ts'
import type { RunSettings } from './run-settings.ts'

const program = fileURLToPath(new URL('../chatgauge.ts', import.meta.url))

export interface ServerReady {
  ready: true
  /** First GMS node, then all of them. */
  url: string
  urls: string[]
  control: string
  health: string[]
}

export interface ReceiverReady {
  ready: true
  url: string
}

export interface ServerSettings {
  config: string | undefined
  /** `section.option=value`, the user's own. */
  set: readonly string[]
  gmsNodes: number
  chatServers: number
  timeScale: number
  fault: string | undefined
  seed: number
  receiverUrl: string
}

/** The reference server as a process of its own, so that its CPU is not the generator's. */
function startReferenceServer(folder: string, settings: ServerSettings): Promise<Child<ServerReady>> {
  const set = [
    `push.customhttp.url=${settings.receiverUrl}/push`,
    // One path per node, so that "one POST in flight per node" can be judged (PUSH-070).
    'refserver.customhttp-node-path=true',
    ...settings.set,
  ]
  return startChild(
    'the reference server',
    process.execPath,
    [
      program,
      'serve',
      '--json',
      ...['--port', '0', '--control-port', '0'],
      ...['--gms-nodes', String(settings.gmsNodes), '--chat-servers', String(settings.chatServers)],
      ...['--time-scale', String(settings.timeScale), '--seed', String(settings.seed)],
      ...(settings.config === undefined ? [] : ['--config', settings.config]),
      ...set.flatMap(each => ['--set', each]),
      ...(settings.fault === undefined ? [] : ['--fault', settings.fault]),
    ],
    join(folder, 'server.log'),
  )
}

/** What a run starts beside k6, and where everything is. */
export interface Stack {
  receiver: Child<ReceiverReady> | undefined
  server: Child<ServerReady> | undefined
  receiverUrl: string
  targets: readonly string[]
  agent: AgentSteering | undefined
  stop(): Promise<void>
}

/** Receiver and reference server, as far as the options do not name others. */
export async function startStack(folder: string, { options, run, seed, isReference }: RunSettings): Promise<Stack> {
  const texts = writeOptions(options)
  const started: Child<unknown>[] = []
  const stop = async () => void (await Promise.all(started.map(child => child.stop())))
  try {
    let receiver: Child<ReceiverReady> | undefined
    if (options.receiver === undefined) {
      receiver = await startReceiver(folder, options['receiver-port'] ?? 0, texts['receiver-delay'])
      started.push(receiver)
    }
    const receiverUrl = options.receiver ?? receiver!.ready.url
    if (!isReference)
      return { receiver, server: undefined, receiverUrl, targets: options.target!, agent: undefined, stop }
    const server = await startReferenceServer(folder, {
      config: options.config,
      set: options.set,
      gmsNodes: options['gms-nodes'],
      chatServers: options['chat-servers'],
      timeScale: options['time-scale'],
      fault: options.fault,
      seed,
      receiverUrl,
    })
    started.push(server)
    const agent = steerAgent(server.ready.control, { run, seed, replyDelay: texts['reply-delay']! })
    // Nothing unprompted before the plan of the run is known.
    await agent.play({ ratePerSecond: 0 })
    return { receiver, server, receiverUrl, targets: server.ready.urls, agent, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

export function startReceiver(folder: string, port: number, delay: string | undefined): Promise<Child<ReceiverReady>> {
  return startChild(
    'the receiver',
    process.execPath,
    [
      program,
      'receive',
      '--json',
      ...['--port', String(port)],
      // A target elsewhere must reach it; without one all stays on loopback.
      ...(port === 0 ? [] : ['--host', '0.0.0.0']),
      ...(delay === undefined ? [] : ['--delay', delay]),
    ],
    join(folder, 'receiver.log'),
  )
}
