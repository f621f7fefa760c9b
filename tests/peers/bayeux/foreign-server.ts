import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Child, startChild } from '../../../scripts/run/child.ts'
import { fetchCometd } from '../cometd/start-cometd.ts'

/** A Bayeux server that is not ours, as its target.json in conformance/targets starts it. */
export interface ForeignServer {
  /** `http://host:port`; a restart does not change it. */
  url: string
  /** Killed and started again on its port: it knows no session any more. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export interface ForeignKind {
  name: string
  /** In conformance/targets. */
  target: string
  /** In scripts/install-peers; undefined = it comes with the packages of the project. */
  peer?: 'java'
  hasEcho: boolean
  /** @throws when its libraries cannot be had. */
  fetch(): void
}

export const foreignKinds: readonly ForeignKind[] = [
  { name: 'CometD 3.1', target: 'cometd3', peer: 'java', hasEcho: true, fetch: () => void fetchCometd('v3') },
  { name: 'CometD 9', target: 'cometd9', peer: 'java', hasEcho: true, fetch: () => void fetchCometd('v9') },
  { name: 'Faye', target: 'faye', hasEcho: false, fetch() {} },
]

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** @param command of its target.json. */
export async function startForeign(name: string, [, ...args]: readonly string[]): Promise<ForeignServer> {
  const log = join(mkdtempSync(join(tmpdir(), 'chatgauge-foreign-')), 'server.log')
  const [script = '', ...words] = args
  const launch = (port: string): Promise<Child<{ url: string }>> =>
    startChild(name, process.execPath, [join(root, script), ...words, `port=${port}`], log)
  let running = await launch('0')
  const { url } = running.ready
  return {
    url,
    async restart() {
      await running.stop()
      running = await launch(new URL(url).port)
    },
    stop: () => running.stop(),
  }
}
