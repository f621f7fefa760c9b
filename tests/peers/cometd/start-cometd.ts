import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

export interface CometdServer {
  /** Of the Bayeux endpoint. */
  url: string
  pid: number
  stop(): Promise<void>
}

export type CometdVersion = 'v3' | 'v9'

/** Said beside each figure: what a JVM needs depends on what it may have. */
export const jvmHeap = '512m'

/**
 * The Java CometD server on its Jetty, with `/service/echo`.
 * @param options CometD's own: timeout, interval, maxInterval (ms), maxSessionsPerBrowser …
 * @param port 0 = any that is free
 * @throws when its libraries cannot be fetched or it does not start.
 */
export async function startCometd(
  version: CometdVersion,
  options: Record<string, string | number> = {},
  port = 0,
): Promise<CometdServer> {
  const source = fileURLToPath(new URL(`./${version}/CometdServer.java`, import.meta.url))
  const words = Object.entries(options).map(([name, value]) => `${name}=${value}`)
  const child = spawn(
    'java',
    [
      `-Xmx${jvmHeap}`,
      '-Dorg.slf4j.simpleLogger.defaultLogLevel=error',
      `-Dport=${port}`,
      ...['-cp', join(fetchCometd(version), '*'), source],
      ...words,
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000)
  })
  const ended = new Promise<void>(resolve => child.once('close', () => resolve()))
  const line = await Promise.race([
    new Promise<string>(resolve => createInterface(child.stdout).once('line', resolve)),
    ended.then(() => {
      throw new Error(`CometD ${version} did not start: ${said}`)
    }),
  ])
  return {
    ...(JSON.parse(line) as { url: string; pid: number }),
    async stop() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Fetched once for each content of the pom. @returns the folder. @throws with what Maven said. */
export function fetchCometd(version: CometdVersion | 'client3'): string {
  const pom = fileURLToPath(new URL(`./${version}/pom.xml`, import.meta.url))
  const digest = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12)
  const caches = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const folder = join(caches, 'chatgauge/peers', `cometd-${version}-${digest}`)
  if (existsSync(folder)) return folder
  const partial = `${folder}.${process.pid}`
  mkdirSync(dirname(folder), { recursive: true })
  const { status, stdout, stderr, error } = spawnSync(
    'mvn',
    ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${partial}`],
    { encoding: 'utf8' },
  )
  if (status !== 0) {
    rmSync(partial, { recursive: true, force: true })
    throw new Error(`Maven could not fetch CometD ${version}: ${error?.message ?? `${stdout}${stderr}`.slice(-2_000)}`)
  }
  renameSync(partial, folder)
  return folder
}
