import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildScenarios } from '../../scripts/build-scenarios.ts'
import { findK6 } from '../../scripts/k6/find-k6.ts'
import type { BenchCase } from '../case.ts'
import { generatorMemory } from '../generator-pass.ts'
import { mebibytes } from '../memory-text.ts'
import { thousands } from '../ratio-result.ts'
import { slope } from '../slope.ts'

const seconds = 120
/** A process takes more until it has met its usual load. */
const settlingSeconds = 30
/** Memory that was collected goes back to the system late: the least of a window counts. */
const windowSeconds = 10
/** A k6 that keeps its own samples takes about 190 bytes a request. */
const most = 95

export const benchCase: BenchCase = {
  name: 'generator-memory',
  what: 'resident memory of k6 over 90 s of steady load, after 30 s, 1,000 sessions (slope)',
  bound: `<= ${most} bytes a request, half of what k6's own samples take`,
  async run(say) {
    const k6 = (await findK6()).path
    await buildScenarios()
    const folder = mkdtempSync(join(tmpdir(), 'chatgauge-bench-'))
    const script = fileURLToPath(new URL('../../dist/async-chat.js', import.meta.url))
    try {
      say(`${seconds} s of steady load`)
      const points = await generatorMemory({ k6, script, withCollector: true, folder, run: 'bench1' }, seconds)
      const settled = points.slice(settlingSeconds)
      const least = Array.from({ length: settled.length / windowSeconds }, (_, at) =>
        settled.slice(at * windowSeconds, (at + 1) * windowSeconds).reduce((a, b) => (b[1] < a[1] ? b : a)),
      )
      const perRequest = slope(least)
      const [[before], [after, bytes]] = [least[0]!, least.at(-1)!]
      for (const [requests, rss] of least) say(`${thousands(requests)} requests: RSS ${mebibytes(rss)}`)
      return {
        figure: `${perRequest.toFixed(0)} bytes a request`,
        absolute: `${mebibytes(bytes)} after ${thousands(after - before)} requests`,
        verdict: perRequest <= most ? 'holds' : 'broken',
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}
