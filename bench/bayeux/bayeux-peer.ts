import { type CometdVersion, startCometd } from '../../tests/peers/cometd/start-cometd.ts'
import { startSubject } from '../subject.ts'
import { cpuSecondsOf, rssBytesOf } from './process-use.ts'

/** A Bayeux server in a process of its own, ours or another's. */
export interface BayeuxPeer {
  name: string
  url: string
  cpuSeconds(): number
  rssBytes(): number
  /** Collects garbage where the server can be asked to. @returns the heap in use afterwards, buffers included. */
  collect(): Promise<number | undefined>
  stop(): Promise<void>
}

/**
 * The same for all: a connect is held for 20 s, a session without one lives for 60 s. Jetty closes what was idle for 30 s,
 * a held poll among it.
 */
const timeoutMs = 20_000
const maxIntervalMs = 60_000

export async function startOurs(): Promise<BayeuxPeer> {
  return ofSubject('chatgauge', 'bayeux-server.ts')
}

/** npm faye; it has no services, so it echoes on broadcast channels. */
export async function startFaye(): Promise<BayeuxPeer> {
  return ofSubject('Faye', 'faye-server.ts')
}

/** No Bayeux at all: what the WebSocket library itself can do. */
export async function startBareEcho(): Promise<BayeuxPeer> {
  return ofSubject('a bare ws echo', 'socket-echo.ts')
}

/** The same of the HTTP server below long polling. */
export async function startBareAnswer(): Promise<BayeuxPeer> {
  return ofSubject('a bare node:http server', 'json-echo.ts')
}

async function ofSubject(name: string, file: string): Promise<BayeuxPeer> {
  const subject = await startSubject(file, { timeoutMs, maxIntervalMs }, ['--expose-gc'])
  const { url, pid } = subject.ready as { url: string; pid: number }
  return {
    ...{ name, url, cpuSeconds: () => cpuSecondsOf(pid), rssBytes: () => rssBytesOf(pid) },
    collect: async () => ((await subject.ask({ ask: 'memory' })) as { heapBytes: number }).heapBytes,
    stop: subject.stop,
  }
}

export async function startJavaCometd(version: CometdVersion): Promise<BayeuxPeer> {
  const { url, pid, stop } = await startCometd(version, {
    timeout: timeoutMs,
    maxInterval: maxIntervalMs,
    maxSessionsPerBrowser: -1,
  })
  return {
    ...{ name: version === 'v3' ? 'CometD 3.1' : 'CometD 9', url, stop },
    cpuSeconds: () => cpuSecondsOf(pid),
    rssBytes: () => rssBytesOf(pid),
    // A JVM gives nothing back that it once took.
    collect: async () => undefined,
  }
}
