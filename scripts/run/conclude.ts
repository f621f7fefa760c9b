import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Facts } from '../../collector/facts.ts'
import type { LoadLog } from '../../collector/load-log.ts'
import { makeResult } from '../../collector/result.ts'
import { ruleById } from '../../conformance/rules/catalogue.ts'
import { compareResults } from '../../judging/comparison/compare-results.ts'
import { regressionFindings } from '../../judging/comparison/findings.ts'
import { judge } from '../../judging/judge.ts'
import { steadySpan } from '../../judging/steady-span.ts'
import type { RegressionFinding } from '../../judging/verdict.ts'
import { basisOf } from '../../protocol/rule-basis.ts'
import { writeComparison } from '../../reports/comparison/write-comparison.ts'
import { hasPushes } from '../../scenarios/options/kinds.ts'
import { type OptionName, type RunOptions, writeOptions } from '../../scenarios/options.ts'
import type { Intervals, Result } from '../../schemas/generated/types.ts'
import type { Baseline } from '../compare/baseline.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import { type KeptResult, keepResult } from './keep-result.ts'
import type { RunOutcome } from './run-scenario.ts'
import { environmentOf, type RunSettings, referenceOptions } from './run-settings.ts'

/** Judges what came out and writes the result folder. */
export async function conclude(
  folder: string,
  settings: RunSettings,
  k6: FoundK6,
  outcome: RunOutcome,
  version: string,
  baseline?: Baseline,
): Promise<KeptResult> {
  const { options, scenario, run, seed, isReference } = settings
  const { interrupted: _stopped, ...found } = outcome.facts
  const facts = { ...found, rules: found.rules.map(withText) }
  const intervals = withLoad(facts.intervals, outcome.load)
  const judgedWith = (unwritten: readonly string[], regressions: readonly RegressionFinding[] = []) =>
    judge(
      { ...facts, scenario, ...(outcome.interrupted !== undefined && { interrupted: outcome.interrupted }) },
      {
        thresholds: options.threshold,
        hasPushes: hasPushes(options),
        hasNotifications: options.transport !== 'rest',
        isReference,
        timeScale: options['time-scale'],
        basisOf,
        died: outcome.died,
        unwritten,
        regressions,
        load: {
          cores: availableParallelism(),
          shards: settings.ownShards.length,
          intervals,
          steady: steadySpan({ phases: facts.phases, intervals }) ?? wholeRun,
          standstills: facts.own.standstills,
        },
        ...(outcome.targetDied !== undefined && { targetDied: outcome.targetDied }),
      },
    )
  const description = {
    version,
    run,
    scenario,
    seed,
    options: optionsInForce(options, isReference),
    target: {
      url: outcome.targetUrl,
      reference: isReference,
      service: options.service,
      ...(isReference && {
        gmsNodes: options['gms-nodes'],
        chatServers: options['chat-servers'],
        timeScale: options['time-scale'],
      }),
      ...(options.fault !== undefined && { fault: options.fault }),
    },
    environment: environmentOf(k6.version),
    processes: outcome.processes,
  }
  const resultOf = (unwritten: readonly string[]) => {
    const alone = makeResult({ ...outcome.facts, intervals }, judgedWith(unwritten), description)
    if (!baseline) return alone
    const comparison = compareResults(alone, baseline.result, baseline.path, baseline.bounds)
    const judgement = judgedWith(unwritten, regressionFindings(comparison))
    return makeResult({ ...outcome.facts, intervals }, judgement, { ...description, comparison })
  }
  const more = baseline && {
    write: (result: Result) =>
      writeComparison(join(folder, 'comparison.html'), {
        comparison: result.comparison!,
        results: [result],
        baselines: [baseline.result],
      }),
  }
  const kept = { folder, junit: options.junit, summary: options.summary, ...(more && { writeMore: more.write }) }
  return keepResult(kept, outcome.unwritten, resultOf)
}

/** A reader of the report has no catalogue of rules at hand. */
function withText(rule: Facts['rules'][number]): Facts['rules'][number] {
  const text = ruleById(rule.rule)?.statement
  return text === undefined ? rule : { ...rule, text }
}

/** CPU as the kernel counts it, in place of what the processes say. */
function withLoad(intervals: Intervals, load: LoadLog): Intervals {
  const count = Math.max(0, ...Object.values(intervals.columns).map(values => values.length))
  return { ...intervals, columns: { ...intervals.columns, ...load.columns(intervals, count) } }
}

/** Of a run that did not come to its steady phase. */
const wholeRun = { from: 0, to: Number.POSITIVE_INFINITY }

/** Switches as booleans, repeatable options as lists, all else as it is typed. */
export function optionsInForce(options: RunOptions, isReference: boolean): Result['options'] {
  const isForeign = (name: OptionName) => !isReference && (referenceOptions as readonly string[]).includes(name)
  const entries = Object.entries(writeOptions(options)) as [OptionName, string][]
  return Object.fromEntries(
    entries
      .filter(([name, text]) => text !== '' && !isForeign(name))
      .map(([name, text]) => {
        const value = options[name]
        if (typeof value === 'boolean') return [name, value]
        return [name, repeatable.has(name) ? (value as string[]) : text]
      }),
  )
}

const repeatable = new Set<OptionName>(['threshold', 'set', 'max-regression'])
