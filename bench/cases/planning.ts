import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { laneLoad, meanWaitMs } from '../../planning/lane.ts'
import { momentsOf } from '../../reports/planner/push-moments.ts'
import type { Result } from '../../schemas/generated/types.ts'
import { runChatgauge } from '../../tests/runs/run-chatgauge.ts'
import type { BenchCase } from '../case.ts'

/** Some 70 % of a lane of 5 ms, whose timer really takes about 6 ms. */
const pushesPerSecond = 115
/** The mean wait of so many pushes is known to about 5 %. */
const seconds = 120
const most = 0.1
/** Cores that other programs may use: a lane that waits for a core is not the lane of the model. */
const mostOthers = 0.2
const mostTries = 3

export const benchCase: BenchCase = {
  name: 'planning',
  what: 'mean queue_wait of a real lane at about 70 %, against the model of `chatgauge plan` on the same run',
  bound: `within ${most * 100} %`,
  async run(say) {
    for (let attempt = 1; ; attempt += 1) {
      const { modelMs, measuredMs, load, othersCores } = await lane()
      say(
        `lane used to ${(load * 100).toFixed(0)} %: model ${modelMs.toFixed(2)} ms, measured ${measuredMs.toFixed(2)} ms`,
      )
      const isJudged = othersCores <= mostOthers && load <= 0.8
      if (!isJudged && attempt < mostTries) continue
      const off = modelMs / measuredMs - 1
      return {
        figure: `${off > 0 ? '+' : ''}${(off * 100).toFixed(1)} %`,
        absolute: `${modelMs.toFixed(2)} against ${measuredMs.toFixed(2)} ms, lane used to ${(load * 100).toFixed(0)} %`,
        verdict: isJudged ? (Math.abs(off) <= most ? 'holds' : 'broken') : 'not judged',
        ...(!isJudged && { note: `other programs used ${othersCores.toFixed(1)} cores` }),
      }
    }
  },
}

async function lane() {
  const folder = mkdtempSync(join(tmpdir(), 'chatgauge-bench-'))
  try {
    // Messages come evenly, answers after a delay that is spread over hundreds of them: pushes come independently.
    const { result, stderr } = await runChatgauge(
      ...['run', 'async-chat', '--sessions', '100', '--arrival', '50/s', '--warm-up', '3s', '--hold', `${seconds}s`],
      ...['--message-rate', `${pushesPerSecond}/s`, '--agent-rate', '0', '--reply-delay', 'uniform(200ms,3s)'],
      ...['--ping-interval', '0', '--push', 'payload', '--receiver-delay', '5ms', '--out', join(folder, 'run')],
      ...['--threshold', 'push_latency p(99)<5000'],
    )
    if (!result) throw new Error(`no result: ${stderr.slice(-500)}`)
    return figures(result)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function figures(result: Result) {
  const moments = momentsOf(result)
  if (!moments) throw new Error('the run has no push_service_time')
  const { meanMs, deviationMs } = moments
  const time = { meanMs, squareMs2: meanMs ** 2 + deviationMs ** 2 }
  const rate = result.rates.pushes_received!.achieved
  const cpu = (name: string) => result.processes.find(each => each.name === name)?.cpuMean ?? 0
  const own = result.processes.filter(({ name }) => name !== 'machine').reduce((sum, { cpuMean }) => sum + cpuMean, 0)
  return {
    modelMs: meanWaitMs(rate, time),
    measuredMs: result.metrics.queue_wait!.steady!.mean!,
    load: laneLoad(rate, time),
    othersCores: Math.max(0, cpu('machine') - own),
  }
}
