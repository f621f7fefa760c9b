import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Child, startChild } from './child.ts'

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
export function startReferenceServer(folder: string, settings: ServerSettings): Promise<Child<ServerReady>> {
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
