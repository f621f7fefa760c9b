import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BenchCase, BenchResult } from '../case.ts'
import { syntheticPart } from '../merging/synthetic-part.ts'

const generators = 64
const limitSeconds = 10
const program = new URL('../../scripts/chatgauge.ts', import.meta.url).pathname

/** From the start of the program to its end: reading, checking, adding, judging, writing, the report. */
export const benchCase: BenchCase = {
  name: 'merge',
  what: `chatgauge merge of ${generators} results of ten minutes each`,
  bound: `< ${limitSeconds} s`,
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), 'chatgauge-bench-merge-'))
    try {
      const files = await writeParts(folder, say)
      const times: number[] = []
      for (let pass = 0; pass < 3; pass += 1) {
        times.push(mergeSeconds(files, join(folder, `merged-${pass}`)))
        say(`${times.at(-1)!.toFixed(1)} s`)
      }
      return judged(times, statSync(files[0]!).size)
    } finally {
      rmSync(folder, { recursive: true })
    }
  },
}

async function writeParts(folder: string, say: (line: string) => void): Promise<string[]> {
  // Four different ones are as good as 64 to a reader that keeps nothing of them.
  const different = await Promise.all([1, 2, 3, 4].map(syntheticPart))
  say('the parts are there')
  return Array.from({ length: generators }, (_, at) => {
    const part = different[at % different.length]!
    const file = join(folder, `part-${at + 1}`, 'result.json')
    mkdirSync(join(folder, `part-${at + 1}`))
    const options = { ...part.options, part: `${at + 1}/${generators}` }
    writeFileSync(file, JSON.stringify({ ...part, run: `part${at + 1}`, options }, null, 1))
    return file
  })
}

function mergeSeconds(files: readonly string[], out: string): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, [program, 'merge', ...files, '--out', out], {
    encoding: 'utf8',
  })
  const seconds = (performance.now() - start) / 1000
  // The synthetic parts are judged as any run is; what they come out as does not matter here.
  if (status === null || status === 2) throw new Error(`merge failed: ${stderr}`)
  return seconds
}

function judged(times: readonly number[], bytes: number): BenchResult {
  const sorted = times.toSorted((a, b) => a - b)
  const [median, slowest] = [sorted[1]!, sorted[2]!]
  return {
    figure: `${median.toFixed(1)} s (slowest of three ${slowest.toFixed(1)} s)`,
    absolute: `${(bytes / 1e6).toFixed(1)} MB a result`,
    verdict: slowest < limitSeconds ? 'holds' : 'broken',
  }
}
