import { hostNow } from '../../process/host-clock.ts'
import { ascending, quantile } from '../truth/quantile.ts'
import type { Lateness } from '../truth/until-judgeable.ts'
import { serveSubject } from './serve-subject.ts'

/** Does nothing every 5 ms and writes down how late it was: what any program on this machine would have seen. */
const tickMs = 5
const startMs = hostNow()
const ticks: { dueMs: number; lateMs: number }[] = []
let dueMs = startMs + tickMs

function turn() {
  const nowMs = hostNow()
  // Node rounds waits down to whole milliseconds.
  if (nowMs >= dueMs) {
    ticks.push({ dueMs, lateMs: nowMs - dueMs })
    dueMs = startMs + (Math.floor((nowMs - startMs) / tickMs) + 1) * tickMs
  }
  setTimeout(turn, dueMs - nowMs)
}
turn()

function latenessWithin(fromMs: number, toMs: number): Lateness {
  const late = ascending(ticks.filter(tick => tick.dueMs >= fromMs && tick.dueMs < toMs).map(tick => tick.lateMs))
  return {
    count: late.length,
    p50: quantile(late, 50),
    p99: quantile(late, 99),
    p999: quantile(late, 99.9),
    max: quantile(late, 100),
  }
}

serveSubject({}, question => {
  const { fromMs, toMs } = question as { ask: string; fromMs: number; toMs: number }
  return latenessWithin(fromMs, toMs)
})
