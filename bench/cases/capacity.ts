import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rateOfService } from '../../reports/search/reading.ts'
import type { SearchResult } from '../../schemas/generated/types.ts'
import type { BenchCase } from '../case.ts'

const program = fileURLToPath(new URL('../../scripts/chatgauge.ts', import.meta.url))
const allowed = 0.05
const nodeCounts = [1, 2]

/** The limit that a search finds, against what the nodes' own service times say of the same trials. */
export const benchCase: BenchCase = {
  name: 'capacity',
  what: 'find-capacity --vary pushes with a receiver of 5 ms, one and two nodes, against nodes / mean(push_service_time) of the confirming trials',
  bound: 'within 5 %',
  async run(say) {
    const folder = mkdtempSync(join(tmpdir(), 'chatgauge-capacity-'))
    const found: { nodes: number; result: SearchResult; off: number | undefined }[] = []
    for (const nodes of nodeCounts) {
      const result = await search(nodes, join(folder, String(nodes)))
      const truth = rateOfService(result)
      const off = result.answer && truth !== undefined ? result.answer.holds / truth - 1 : undefined
      found.push({ nodes, result, off })
      say(`${nodes} ${nodes === 1 ? 'node' : 'nodes'}: ${result.verdict.sentence}`)
    }
    const isBroken = found.some(({ off }) => off !== undefined && Math.abs(off) > allowed)
    const isJudged = found.every(({ off }) => off !== undefined)
    if (isBroken) say(`the results are kept in ${folder}`)
    else rmSync(folder, { recursive: true })
    return {
      figure: found.map(({ nodes, off }) => `${nodes}: ${off === undefined ? 'no answer' : percent(off)}`).join('; '),
      absolute: found
        .map(
          ({ nodes, result }) =>
            `${nodes}: ${result.answer?.holds ?? '–'} of ${rateOfService(result)?.toFixed(1) ?? '–'}/s`,
        )
        .join('; '),
      verdict: isBroken ? 'broken' : isJudged ? 'holds' : 'not judged',
      ...(!isJudged && { note: found.find(({ off }) => off === undefined)!.result.verdict.sentence }),
    }
  },
}

async function search(nodes: number, out: string): Promise<SearchResult> {
  const options = ['--vary', 'pushes', '--receiver-delay', '5ms', '--gms-nodes', String(nodes), '--out', out]
  const child = spawn(process.execPath, [program, 'run', 'find-capacity', ...options], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await new Promise(resolve => child.once('close', resolve))
  return JSON.parse(readFileSync(join(out, 'search.json'), 'utf8')) as SearchResult
}

function percent(share: number): string {
  return `${share >= 0 ? '+' : '−'}${(Math.abs(share) * 100).toFixed(1)} %`
}
