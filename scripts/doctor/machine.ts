import { availableParallelism, cpus, freemem, loadavg } from 'node:os'
import { atLeast, atMost, type Finding, finding } from './finding.ts'
import { systemFile } from './limits.ts'

const gibibyte = 2 ** 30

export function coresFinding(cores = availableParallelism(), model = cpus()[0]?.model.trim() ?? 'unknown'): Finding {
  const advice =
    'k6, server and receiver share them: 2 carry the demo profile, beyond that drive a target on another host'
  return finding('cores', atLeast(cores, 2, 1), `${cores} (${model})`, advice)
}

export function loadFinding(perMinute = loadavg()[0]!, cores = availableParallelism()): Finding {
  const found = `${perMinute.toFixed(2)} runnable on ${cores} cores in the last minute`
  return finding(
    'other work',
    atMost(perMinute / cores, 0.5, Number.POSITIVE_INFINITY),
    found,
    'end other work before you measure',
  )
}

export function memoryFinding(availableBytes = availableMemory()): Finding {
  const gib = availableBytes / gibibyte
  return finding(
    'memory',
    atLeast(gib, 2, 0.5),
    `${gib.toFixed(1)} GiB available`,
    'the demo profile needs about 1 GiB in all',
  )
}

/** Free plus what caches would give back, within the limit of a container. */
function availableMemory(): number {
  const available = /^MemAvailable:\s+(\d+) kB/m.exec(systemFile('/proc/meminfo') ?? '')?.[1]
  const limit = process.constrainedMemory()
  const free = available === undefined ? freemem() : Number(available) * 1024
  return limit > 0 ? Math.min(free, limit) : free
}

const slowSources = ['hpet', 'acpi_pm', 'jiffies', 'refined-jiffies']

export function clockFinding(
  source = systemFile('/sys/devices/system/clocksource/clocksource0/current_clocksource')?.trim(),
  resolutionUs = clockResolutionUs(),
): Finding {
  const slow = source !== undefined && slowSources.includes(source)
  const level = slow ? 'warn' : atMost(resolutionUs, 10, 1_000)
  const found = `${source ?? 'source unknown'}, steps of ${resolutionUs.toFixed(resolutionUs < 1 ? 2 : 1)} µs`
  return finding(
    'clock',
    level,
    found,
    'a slow clock costs time in every stamp; prefer the source tsc or that of the hypervisor',
  )
}

/** The smallest step that two neighbouring reads show. */
function clockResolutionUs(): number {
  let smallest = Number.POSITIVE_INFINITY
  for (let read = 0; read < 20_000; read++) {
    const step = -performance.now() + performance.now()
    if (step > 0 && step < smallest) smallest = step
  }
  return smallest * 1_000
}
