import { existsSync, readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { atLeast, type Finding, finding } from './finding.ts'

const gibibyte = 2 ** 30

/** @param limits text of /proc/self/limits */
export function openFilesFinding(limits: string | undefined): Finding {
  const [soft, hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(limits ?? '')?.slice(1) ?? []
  if (soft === undefined)
    return finding('open files', 'warn', 'unknown on this system', 'look at ulimit -n; 4,096 is a good least')
  const count = soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft)
  const shown = Number.isFinite(count) ? `${count.toLocaleString('en-US')} per process` : 'unlimited'
  // A REST session borrows a connection; a WebSocket session keeps one on each side.
  const advice = `ulimit -n ${hard === 'unlimited' ? 65_536 : hard}; each WebSocket session needs one in k6 and one in the server`
  return finding('open files', atLeast(count, 4_096, 512), shown, advice)
}

/** @param range text of /proc/sys/net/ipv4/ip_local_port_range */
export function portRangeFinding(range: string | undefined): Finding {
  const [from, to] = (range ?? '').trim().split(/\s+/).map(Number)
  if (!from || !to)
    return finding('client ports', 'warn', 'unknown on this system', 'one port per open connection and local address')
  const count = to - from + 1
  // Connecting gets slow (kernel CPU) when more than about half of the range is in use.
  const found = `${count.toLocaleString('en-US')} per local address (${from} to ${to}), fast up to about half`
  return finding(
    'client ports',
    atLeast(count, 10_000, 1_000),
    found,
    'sysctl net.ipv4.ip_local_port_range="15000 64000"',
  )
}

export async function freePortsFinding(ports: readonly number[]): Promise<Finding> {
  const taken: number[] = []
  for (const port of ports) if (!(await isFree(port))) taken.push(port)
  const found = taken.length === 0 ? `${ports.join(' and ')} are free` : `${taken.join(' and ')} in use`
  const advice = 'only serve (8080) and receive (9090) want these by default; --port takes another, run finds free ones'
  return finding('default ports', taken.length === 0 ? 'ok' : 'warn', found, advice)
}

function isFree(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

export async function diskFinding(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  const freeGib = (bavail * bsize) / gibibyte
  const advice = 'results are written while a run goes on: make room or give --out another disk'
  return finding('disk', atLeast(freeGib, 1, 0.1), `${freeGib.toFixed(1)} GiB free for results`, advice)
}

/** Text of a file of the system, undefined where the system has none. */
export function systemFile(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}
