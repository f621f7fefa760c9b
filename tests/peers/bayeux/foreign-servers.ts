import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from '../../../scripts/run/child.ts'
import { type CometdVersion, fetchCometd, startCometd } from '../cometd/start-cometd.ts'

/** A Bayeux server that is not ours. */
export interface ForeignServer {
  /** Of the Bayeux endpoint; a restart does not change it. */
  url: string
  /** Killed and started again on its port: it knows no session any more. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface ForeignKind {
  /** Name in conformance/targets. */
  target: string
  /** Name in scripts/install-peers; undefined = it comes with the packages of the project. */
  peer?: 'java'
  hasEcho: boolean
  /** @throws when its libraries cannot be had. */
  fetch(): void
  start(): Promise<ForeignServer>
}

/** How long connects are held: short enough to see several of them. */
const timeoutMs = 1_500
const serveFaye = fileURLToPath(new URL('./serve-faye.ts', import.meta.url))

function ofCometd(version: CometdVersion): Omit<ForeignKind, 'target'> {
  // One cookie jar for each client, but all of them from one address: nothing else is set apart from the hold.
  const launch = (port: number) => startCometd(version, { timeout: timeoutMs, maxInterval: 10_000 }, port)
  return {
    peer: 'java',
    hasEcho: true,
    fetch: () => void fetchCometd(version),
    start: () => restartable(launch),
  }
}

async function launchFaye(port: number) {
  const log = join(mkdtempSync(join(tmpdir(), 'chatgauge-faye-')), 'faye.log')
  const child = await startChild<{ url: string }>('Faye', process.execPath, [serveFaye, `${timeoutMs}`, `${port}`], log)
  return { url: `${child.ready.url}/genesys/cometd`, stop: () => child.stop() }
}

async function restartable(
  launch: (port: number) => Promise<{ url: string; stop(): Promise<void> }>,
): Promise<ForeignServer> {
  let running = await launch(0)
  const { url } = running
  return {
    url,
    async restart() {
      await running.stop()
      running = await launch(Number(new URL(url).port))
    },
    stop: () => running.stop(),
  }
}

export const foreignServers: Readonly<Record<string, ForeignKind>> = {
  'CometD 3.1': { target: 'cometd3', ...ofCometd('v3') },
  'CometD 9': { target: 'cometd9', ...ofCometd('v9') },
  Faye: { target: 'faye', hasEcho: false, fetch() {}, start: () => restartable(launchFaye) },
}
