import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildAll } from '../../scripts/build.ts'
import { findK6 } from '../../scripts/k6/find-k6.ts'
import { type ClosedLoop, closedLoop } from './closed-loop.ts'
import { type Contrast, drawContrast } from './draw-contrast.ts'
import { sending, stopMs } from './stall-cases.ts'
import { steadyOf } from './stamped-series.ts'
import { watchedRun } from './watched-run.ts'

const pictures = new URL('../../docs/pictures/', import.meta.url)
/** As many sends a second as the run beside it: two users who think 50 ms. */
const users = 2
const thinkMs = 49
const seconds = 21

/**
 * `node bench/truth/record-contrast.ts`: the same 10 s stall of the target, seen by an open-loop run and by a closed-loop
 * script at the same time. Writes docs/pictures/closed-loop.json and draws it; `--draw` only draws what was recorded.
 */
async function recordContrast(): Promise<Contrast> {
  const k6 = await findK6()
  await buildAll()
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-contrast-'))
  let beside: Promise<ClosedLoop> | undefined
  const run = await watchedRun({
    k6,
    folder: join(folder, 'run'),
    options: sending,
    standstill: { victim: 'target', ms: stopMs },
    onSteady(stack) {
      beside = closedLoop({ k6: k6.path, folder, target: stack.targets[0]!, users, thinkMs, seconds })
      // It is awaited below; a run that fails before must be the error that is told.
      beside.catch(() => {})
    },
  })
  const { count, max, curve } = steadyOf(run, 'send_latency')
  const closed = await beside!
  rmSync(folder, { recursive: true })
  const rounded = (points: readonly (readonly [number, number])[]) =>
    points.map(([share, ms]) => [Number(share.toFixed(4)), Math.round(ms * 1000) / 1000] as [number, number])
  return {
    recordedAt: `${new Date().toISOString().slice(0, 16)}Z`,
    stopSeconds: stopMs / 1000,
    openLoop: {
      sends: count,
      seconds: (run.drainMs - run.steadyMs) / 1000,
      maxMs: Math.round(max! * 1000) / 1000,
      curve: rounded(curve as unknown as [number, number][]),
    },
    closedLoop: {
      sends: closed.count,
      seconds,
      users,
      thinkMs,
      maxMs: Math.round(closed.maxMs * 1000) / 1000,
      curve: rounded(closed.curve),
    },
  }
}

if (import.meta.main) {
  const file = new URL('closed-loop.json', pictures)
  mkdirSync(pictures, { recursive: true })
  if (!process.argv.includes('--draw')) writeFileSync(file, `${JSON.stringify(await recordContrast(), null, 2)}\n`)
  const { default: recorded } = (await import(file.href, { with: { type: 'json' } })) as { default: Contrast }
  writeFileSync(new URL('closed-loop.svg', pictures), drawContrast(recorded))
}
