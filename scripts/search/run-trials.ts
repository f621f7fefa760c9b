import { join } from 'node:path'
import { nextStep, type Outcome } from '../../judging/search/next-step.ts'
import { type Varied, variedText } from '../../judging/search/outcome-text.ts'
import type { SearchSettings } from '../../judging/search/trial.ts'
import type { Result, SearchTrial } from '../../schemas/generated/types.ts'
import { judgeTrial } from './judge-trial.ts'

/** How a search ended. */
export type SearchEnd = Outcome | { kind: 'interrupted' } | { kind: 'stopped'; why: string }

export interface TrialPlan {
  number: number
  rate: number
  seed: number
  folder: string
}

export interface SearchParts {
  varied: Varied
  settings: SearchSettings
  seed: number
  folder: string
  say(line: string): void
  /** One run. @throws when it could not start. */
  runTrial(plan: TrialPlan): Promise<Result>
  /** The user asked for the end between two trials. */
  isStopped(): boolean
}

/** Asks the state machine what to try, tries it, and tells what came out until it has an answer. */
export async function runTrials(parts: SearchParts): Promise<{ end: SearchEnd; trials: SearchTrial[] }> {
  const trials: SearchTrial[] = []
  for (;;) {
    const step = nextStep(parts.settings, trials)
    if (step.kind === 'end') return { end: step.outcome, trials }
    if (parts.isStopped()) return { end: { kind: 'interrupted' }, trials }
    const number = trials.length + 1
    const { rate, purpose } = step
    const name = join('trials', `${String(number).padStart(2, '0')}-${rate}`)
    const plan = { number, rate, seed: (parts.seed + number - 1) % 2 ** 32, folder: join(parts.folder, name) }
    const startedAt = new Date()
    const began = performance.now()
    let result: Result
    try {
      result = await parts.runTrial(plan)
    } catch (error) {
      return { end: { kind: 'stopped', why: `trial ${number}: ${(error as Error).message}` }, trials }
    }
    const judgement = judgeTrial(result)
    if (judgement === undefined) {
      const end: SearchEnd =
        result.verdict.exit === 130 ? { kind: 'interrupted' } : { kind: 'stopped', why: result.verdict.sentence }
      return { end, trials }
    }
    const trial: SearchTrial = {
      number,
      rate,
      purpose,
      ...judgement,
      ...measured(result, parts.varied),
      run: result.run,
      seed: result.seed,
      folder: name,
      startedAt: startedAt.toISOString(),
      seconds: Math.round((performance.now() - began) / 100) / 10,
    }
    trials.push(trial)
    parts.say(trialLine(trial, parts.varied))
  }
}

const counterOf = { messages: 'messages_sent', pushes: 'pushes_received' } as const

function measured({ rates, metrics, counters }: Result, varied: Varied): Partial<SearchTrial> {
  const achieved = varied === 'sessions' ? counters.sessions_live : rates[counterOf[varied]]?.achieved
  const p99 = metrics.push_latency?.steady?.p99.value
  const service = metrics.push_service_time?.steady?.mean
  return {
    ...(achieved !== undefined && { achieved }),
    ...(typeof p99 === 'number' && { pushLatencyP99Ms: p99 }),
    ...(typeof service === 'number' && { pushServiceMeanMs: service }),
  }
}

function trialLine(
  { number, rate, purpose, verdict, why, pushLatencyP99Ms: p99 }: SearchTrial,
  varied: Varied,
): string {
  const words = [
    `trial ${String(number).padStart(2)}`,
    purpose.padEnd(7),
    variedText(varied, rate).padEnd(varied === 'sessions' ? 16 : 18),
    verdict.toUpperCase().padEnd(12),
    why || (p99 === undefined ? '' : `push_latency p99 ${p99.toFixed(p99 < 10 ? 1 : 0)} ms`),
  ]
  return words.join('  ').trimEnd()
}
