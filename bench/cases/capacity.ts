import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rateOfService } from '../../reports/search/reading.ts'
import type { SearchResult } from '../../schemas/generated/types.ts'
import { freePort } from '../../tests/runs/free-port.ts'
import { startSecondServer } from '../../tests/second-server/start.ts'
import type { BenchCase } from '../case.ts'

const program = fileURLToPath(new URL('../../scripts/chatgauge.ts', import.meta.url))
const allowed = 0.05
const laneCounts = [1, 2, 3]
const bucketPerSecond = 150

interface Found {
  name: string
  result: SearchResult
  /** What the target itself did when it was given more than it can do, a second. */
  truth: number | undefined
}

/** The limit that a search finds, against what the target itself counted in the same trials. */
export const benchCase: BenchCase = {
  name: 'capacity',
  what: 'find-capacity --vary pushes with a receiver of 5 ms on 1 to 3 lanes, against nodes / mean(push_service_time) of the confirming trials; and on another server behind a token bucket, against its own log',
  bound: 'within 5 %',
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), 'chatgauge-capacity-'))
    const found: Found[] = []
    const searches = [
      ...laneCounts.map(lanes => () => searchLanes(lanes, join(folder, String(lanes)))),
      () => searchBucket(join(folder, 'bucket')),
    ]
    for (const search of searches) {
      const each = await search()
      found.push(each)
      say(`${each.name}: ${each.result.verdict.sentence}; the target itself: ${each.truth?.toFixed(1) ?? '–'}/s`)
    }
    const offs = found.map(offOf)
    const isBroken = offs.some(off => off !== undefined && Math.abs(off) > allowed)
    const unknown = found.find(each => offOf(each) === undefined)
    if (isBroken) say(`the results are kept in ${folder}`)
    else rmSync(folder, { recursive: true })
    return {
      figure: found.map(({ name }, i) => `${name}: ${percent(offs[i])}`).join('; '),
      absolute: found
        .map(({ name, result, truth }) => `${name}: ${result.answer?.holds ?? '–'} of ${truth?.toFixed(1) ?? '–'}/s`)
        .join('; '),
      verdict: isBroken ? 'broken' : unknown === undefined ? 'holds' : 'not judged',
      ...(unknown !== undefined && { note: unknown.result.verdict.sentence }),
    }
  },
}

function offOf({ result, truth }: Found): number | undefined {
  return result.answer && truth !== undefined ? result.answer.holds / truth - 1 : undefined
}

async function searchLanes(lanes: number, out: string): Promise<Found> {
  const result = await search(['--receiver-delay', '5ms', '--gms-nodes', String(lanes)], out)
  return { name: lanes === 1 ? '1 lane' : `${lanes} lanes`, result, truth: rateOfService(result) }
}

async function searchBucket(out: string): Promise<Found> {
  const port = await freePort()
  const server = await startSecondServer({ pushUrl: `http://127.0.0.1:${port}/push`, rate: bucketPerSecond })
  try {
    const result = await search(['--target', server.url, '--receiver-port', String(port)], out)
    return { name: 'token bucket', result, truth: busiestTenSeconds(server.log().entries.map(({ at }) => at)) }
  } finally {
    await server.close()
  }
}

/** Entries a second in the ten seconds that have most of them: the target was given more than it can do. */
function busiestTenSeconds(atMs: readonly number[]): number {
  let most = 0
  for (let from = 0, to = 0; to < atMs.length; to += 1) {
    while (atMs[to]! - atMs[from]! > 10_000) from += 1
    most = Math.max(most, to - from + 1)
  }
  return most / 10
}

async function search(options: readonly string[], out: string): Promise<SearchResult> {
  const child = spawn(
    process.execPath,
    [program, 'run', 'find-capacity', '--vary', 'pushes', ...options, '--out', out],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  await new Promise(resolve => child.once('close', resolve))
  return JSON.parse(readFileSync(join(out, 'search.json'), 'utf8')) as SearchResult
}

function percent(share: number | undefined): string {
  if (share === undefined) return 'no answer'
  return `${share >= 0 ? '+' : '−'}${(Math.abs(share) * 100).toFixed(1)} %`
}
