import { lateSpan, whenText } from './late-span.ts'
import { numberText } from './number-text.ts'
import { type Cpu, cpuOver, type OwnLoad, steadyIntervals } from './own-load.ts'
import { type Standstill, whoStood } from './standstill.ts'

/** Words for a broken limit: when, and why with what to do; '' = it is not known. */
export interface LimitWords {
  /** ' from second 31 on' */
  when: string
  /** '; k6 used 1.9 of 2 cores; fewer sessions per shard, or another machine' */
  why: string
}

/** Above this share of its cores a machine, and above this share of its threads a process, has nothing left to give. */
const fullShare = 0.85
/** A process that uses less than this share of what it usually does was starved. */
const starvedShare = 0.4
/** With less than this it was stopped: even on a full machine each process gets its turn. */
const stoppedShare = 0.1
/** Below this nobody can tell a process that starves from one that has nothing to do. */
const leastUsualCpu = 0.05
const idleCpu = 0.05

/**
 * Who was the limit when `series` was above `limitMs`, in words; `process` is the one of ours that the series measures.
 * Facts decide: a standstill, a full machine, a full thread, a process that got nothing, a pause; else a moment's hitch.
 */
export function ownLimit(load: OwnLoad, process: 'k6' | 'receiver', series: string, limitMs: number): LimitWords {
  const span = lateSpan(load, series, limitMs)
  const cpu = cpuOver(load, span.evidence)
  return {
    when: whenText(load, span),
    why: `; ${whyText(load, process, span.evidence, cpu, limitMs)}`.replace(/; $/, ''),
  }
}

function whyText(
  load: OwnLoad,
  process: 'k6' | 'receiver',
  over: readonly number[],
  cpu: Cpu,
  limitMs: number,
): string {
  const own = (name: string) => cpu.byProcess.find(([each]) => each === name)?.[1] ?? 0
  const stood = standstillWithin(load, over)
  if (stood) {
    const second = Math.floor((stood.atMs - Date.parse(load.intervals.start)) / 1000)
    return `${whoStood(stood)} stood still for ${seconds(stood.ms)} at second ${numberText(second)}; run it again without stopping it`
  }
  if (cpu.byProcess.length === 0) return ''
  const stopped = leastWithin(load, process, over, stoppedShare)
  if (stopped) return `${stopped}: it was stopped; run it again without stopping it`
  if (cpu.machine !== undefined && cpu.machine >= fullShare * load.cores) return fullMachine(load, cpu)
  const threads = process === 'k6' ? load.shards : 1
  if (own(process) >= fullShare * threads) return fullThreads(load, process, own(process))
  const starved = leastWithin(load, process, over, starvedShare)
  if (starved) return `${starved}: it was starved; run it again with nothing else on the machine`
  const pause = pauseWithin(load, process, over, limitMs)
  if (pause) return pause
  const used = `${named(process)} used ${cores(own(process))} of ${coresOf(load)}`
  return `${used}, so CPU was not short over whole seconds; run it again with nothing else on the machine`
}

function standstillWithin(load: OwnLoad, over: readonly number[]): Standstill | undefined {
  const startMs = Date.parse(load.intervals.start)
  const widthMs = load.intervals.seconds * 1000
  const touches = ({ atMs, ms }: Standstill) =>
    over.some(i => atMs < startMs + (i + 1) * widthMs && atMs + ms > startMs + i * widthMs)
  return load.standstills.filter(touches).sort((a, b) => b.ms - a.ms)[0]
}

function fullMachine(load: OwnLoad, { machine, byProcess }: Cpu): string {
  const [first = ['', 0] as const] = byProcess
  const ours = byProcess.reduce((sum, [, used]) => sum + used, 0)
  const others = machine! - ours
  if (others > ours)
    return `other programs used ${cores(others)} of ${coresOf(load)}; stop them, or take another machine`
  if (first[0] === 'k6' && first[1] > machine! / 2)
    return `k6 used ${cores(first[1])} of ${coresOf(load)}; fewer sessions per shard, or another machine`
  const list = byProcess.filter(([, used]) => used >= idleCpu).map(([name, used]) => `${named(name)} ${cores(used)}`)
  const advice = first[0] === 'reference server' ? 'the target on another machine' : 'another machine'
  return `the machine was full, ${cores(machine!)} of ${coresOf(load)} (${list.join(', ')}); fewer sessions, or ${advice}`
}

function fullThreads(load: OwnLoad, process: 'k6' | 'receiver', used: number): string {
  if (process === 'receiver')
    return `the receiver used ${cores(used)} of the one core that it can; fewer pushes per receiver`
  const shards = load.shards === 1 ? 'one shard' : `${load.shards} shards`
  return `k6 used ${cores(used)} of ${coresOf(load)} with ${shards}, and a shard is one thread; more shards (--shards ${load.shards * 2})`
}

/** The second in which a process got less than that share of what it usually uses; '' = none. */
function leastWithin(load: OwnLoad, process: string, over: readonly number[], share: number): string {
  const { columns, seconds: width } = load.intervals
  const values = columns[`cpu_${process}`] ?? []
  const usual = medianOf(steadyIntervals(load).flatMap(i => values[i] ?? []))
  const least = over.reduce<number | undefined>(
    (at, i) => (values[i] != null && (at === undefined || values[i]! < values[at]!) ? i : at),
    undefined,
  )
  if (least === undefined || usual === undefined || usual < leastUsualCpu) return ''
  if (values[least]! > share * usual) return ''
  const second = numberText(Math.floor(least * width))
  return `${named(process)} used ${cores(values[least]!, 2)} cores at second ${second}, ${cores(usual, 2)} otherwise`
}

function pauseWithin({ intervals }: OwnLoad, process: string, over: readonly number[], limitMs: number): string {
  const longest = (column: string) => Math.max(0, ...over.map(i => intervals.columns[column]?.[i] ?? 0))
  const pause = longest(`gc_${process}_max`)
  if (pause > limitMs / 2)
    return `the garbage collector of ${named(process)} paused it for ${numberText(Math.round(pause))} ms; fewer sessions, or more memory`
  const loop = longest(`loop_${process}_max`)
  return loop > limitMs / 2
    ? `the event loop of ${named(process)} stood for ${numberText(Math.round(loop))} ms; run it again with nothing else on the machine`
    : ''
}

function named(process: string): string {
  return process === 'k6' ? 'k6' : `the ${process}`
}

function cores(used: number, digits = 1): string {
  return used.toFixed(digits)
}

function coresOf({ cores: count }: OwnLoad): string {
  return count === 1 ? '1 core' : `${count} cores`
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function medianOf(values: readonly number[]): number | undefined {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}
