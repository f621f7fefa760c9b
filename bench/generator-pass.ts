import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Collector, startCollector } from '../collector/collector.ts'
import { createLoadLog } from '../collector/load-log.ts'
import { watchProcessLoad } from '../scripts/run/process-load.ts'
import type { Pass } from './alternate.ts'
import { type Subject, startSubject } from './subject.ts'

export interface GeneratorSettings {
  k6: string
  script: string
  /** Our scenario sends what it measures and the raw answers to a collector, which validates them outside of k6. */
  withCollector: boolean
  /** Of the k6 process. */
  environment?: Record<string, string>
  /** For the collector's files. */
  folder: string
  run: string
}

export type MemoryPoint = readonly [requests: number, bytes: number]

/** Go collects at a quarter more than what lives instead of the double: resident memory then follows what lives. */
const frequentCollection = { GOGC: '25' }

const shards = 2
const sessions = 1_000
/** Requests a second in all: sends, a refresh for each push of an answer, and pings. */
const load = { SESSIONS: sessions, ARRIVAL: '500/s', MESSAGE_RATE: '700/s', AGENT_RATE: '0', PING_INTERVAL: '5s' }
const startLimitMs = 20_000
/** From the last start until joins and first answers have gone by. */
const settleMs = 2_500
const windowMs = 10_000

/** CPU of k6 and requests that reached the target in a window of steady load. */
export function generatorPass(settings: GeneratorSettings): Promise<Pass> {
  return underLoad(settings, 60, measure)
}

/** Resident memory of k6 and requests so far, each second of steady load. */
export function generatorMemory(settings: GeneratorSettings, seconds: number): Promise<MemoryPoint[]> {
  return underLoad({ ...settings, environment: frequentCollection }, seconds + 30, (pid, target) =>
    measureMemory(pid, target, seconds),
  )
}

/** Everything is started anew and stopped. */
async function underLoad<Measured>(
  settings: GeneratorSettings,
  holdSeconds: number,
  measured: (pid: number, target: Subject) => Promise<Measured>,
): Promise<Measured> {
  const receiver = await startSubject('receiver.ts')
  const receiverUrl = `http://127.0.0.1:${(receiver.ready as { port: number }).port}`
  const target = await startSubject('chat-target.ts', { receiver: receiverUrl })
  const collector = settings.withCollector ? await openCollector(settings, receiverUrl) : undefined
  const k6 = startK6(settings, {
    ...load,
    TARGET: (target.ready as { url: string }).url,
    RECEIVER: receiverUrl,
    RUN: settings.run,
    SHARDS: shards,
    SEED: 1,
    PUSH: 'payload',
    WARM_UP: '0s',
    // Longer than the pass: it ends k6 itself.
    HOLD: `${holdSeconds}s`,
    AGENT: 'true',
    ...(collector && { COLLECTOR: collector.url }),
  })
  try {
    await allStarted(target)
    await sleep(settleMs)
    const found = await measured(k6.pid!, target)
    if (collector) assertValid(collector)
    return found
  } finally {
    k6.kill('SIGKILL')
    if (k6.exitCode === null && k6.signalCode === null) await once(k6, 'exit')
    await collector?.close()
    await Promise.all([target.stop(), receiver.stop()])
  }
}

function startK6({ k6, script, environment: own }: GeneratorSettings, environment: Record<string, string | number>) {
  const args = ['run', '--no-thresholds', '--summary-mode=disabled', '--quiet', '--no-color']
  for (const [name, value] of Object.entries(environment)) args.push('-e', `${name}=${value}`)
  return spawn(k6, [...args, script], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, K6_NO_USAGE_REPORT: 'true', K6_AUTO_EXTENSION_RESOLUTION: 'false', ...own },
  })
}

function openCollector({ run, folder }: GeneratorSettings, receiverUrl: string): Promise<Collector> {
  return startCollector({
    run,
    shards: Array.from({ length: shards }, (_, shard) => shard),
    modeOf: () => 'payload',
    notifyRequestor: false,
    isReference: true,
    observeMs: 10_000,
    isHoldingAnswers: false,
    areLanesNodes: true,
    receiverUrl,
    outDir: folder,
    log() {},
  })
}

function assertValid(collector: Collector): void {
  const { pushes, violations } = collector.progress()
  if (pushes > 0 && violations === 0) return
  throw new Error(`${pushes} pushes, ${violations} violations: the pass was not about valid messages`)
}

async function allStarted(target: Subject): Promise<void> {
  const end = performance.now() + startLimitMs
  while (((await target.ask({ ask: 'requests' })) as number) < sessions) {
    if (performance.now() > end) throw new Error(`k6 has not started ${sessions} sessions in ${startLimitMs} ms`)
    await sleep(50)
  }
}

async function measure(pid: number, target: Subject): Promise<Pass> {
  const meter = watchProcessLoad({ k6: pid }, createLoadLog(), () => performance.now())
  const startedAt = performance.now()
  meter.read()
  const before = (await target.ask({ ask: 'requests' })) as number
  await sleep(windowMs)
  meter.read()
  const after = (await target.ask({ ask: 'requests' })) as number
  const wallSeconds = (performance.now() - startedAt) / 1000
  const [figures] = meter.figures()
  if (!figures) throw new Error('the CPU of k6 cannot be read here: there is no /proc')
  return { operations: after - before, cpuSeconds: figures.cpuMean * wallSeconds, wallSeconds }
}

async function measureMemory(pid: number, target: Subject, seconds: number): Promise<MemoryPoint[]> {
  const points: MemoryPoint[] = []
  for (let second = 0; second < seconds; second++) {
    await sleep(1_000)
    const kibibytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]
    points.push([(await target.ask({ ask: 'requests' })) as number, Number(kibibytes) * 1024])
  }
  return points
}
