import { copyFileSync } from 'node:fs'
import { makeResult, writeResult } from '../../collector/result.ts'
import { judge } from '../../judging/judge.ts'
import { basisOf } from '../../protocol/rule-basis.ts'
import { writeReports } from '../../reports/write-reports.ts'
import { type OptionName, type RunOptions, writeOptions } from '../../scenarios/options.ts'
import type { Process, Result } from '../../schemas/generated/types.ts'
import type { FoundK6 } from '../k6/find-k6.ts'
import type { RunOutcome } from './run-scenario.ts'
import { environmentOf, type RunSettings, referenceOptions } from './run-settings.ts'

export interface Concluded {
  result: Result
  /** Path of report.html. */
  report: string
}

/** Judges what came out and writes the result folder. */
export async function conclude(
  folder: string,
  settings: RunSettings,
  k6: FoundK6,
  outcome: RunOutcome,
  version: string,
): Promise<Concluded> {
  const { options, scenario, run, seed, isReference } = settings
  const { interrupted: _stopped, ...facts } = outcome.facts
  const judgement = judge(
    { ...facts, scenario, ...(outcome.interrupted !== undefined && { interrupted: outcome.interrupted }) },
    {
      thresholds: options.threshold,
      hasPushes: options.push.some(({ mode }) => mode !== 'off'),
      isReference,
      timeScale: options['time-scale'],
      basisOf,
      died: outcome.died,
      load: loadText(outcome.processes),
      ...(outcome.targetDied !== undefined && { targetDied: outcome.targetDied }),
    },
  )
  const result = makeResult(outcome.facts, judgement, {
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
  })
  await writeResult(folder, result)
  const { html, junit, summary } = writeReports(folder, result)
  if (options.junit !== undefined) copyFileSync(junit, options.junit)
  if (options.summary !== undefined) copyFileSync(summary, options.summary)
  return { result, report: html }
}

/** Switches as booleans, repeatable options as lists, all else as it is typed. */
function optionsInForce(options: RunOptions, isReference: boolean): Result['options'] {
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

const repeatable = new Set<OptionName>(['threshold', 'set'])

/** 'k6 used 1.3, the reference server 0.6 of 2 cores': a reason in the sentence, never a limit. */
function loadText(processes: readonly Process[]): string {
  return processes.map(({ name, cpuMean }) => `${name} used ${cpuMean.toFixed(1)} cores`).join(', ')
}
