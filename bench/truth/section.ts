import type { Percentile as Measured } from '../../schemas/generated/types.ts'
import type { TruthFigure } from './stamped-series.ts'
import type { TruthOutcome } from './truth-case.ts'

/** The table of all cases, for `bench/RESULTS.md`. */
export function truthSection(outcomes: readonly TruthOutcome[]): string {
  return [
    'Milliseconds. *Planted*: the distribution that was asked for and what a push takes without it; in brackets where a',
    'sample of this size has it in 19 of 20 runs. *Stamped*: what really happened, message by message: the POST, notification or',
    "answer written by the target's own stamp; where a process was stopped (SIGSTOP, SIGCONT), `send_latency` over REST by the",
    'planned instant and the end of the stop, and what was written to somebody who was stopped read at that end.',
    '*Corrected* and *raw*: what the run says. *Off*: corrected − stamped, and how much is allowed. p99.9 is only shown,',
    'beside the p99.9 by which an empty 5 ms tick loop was late meanwhile.',
    '',
    '| case | metric | | planted | stamped | corrected | raw | off (allowed) | holds |',
    '| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | --- |',
    ...outcomes.flatMap(rowsOf),
    '',
    ...outcomes.map(noteOf),
  ].join('\n')
}

function rowsOf(outcome: TruthOutcome): string[] {
  return outcome.figures.flatMap((figure, at) => rowsOfFigure(at === 0 ? outcome.name : '', figure, outcome))
}

function rowsOfFigure(name: string, { series, rows, planted }: TruthFigure, { loop, unfit }: TruthOutcome): string[] {
  return rows.map((row, at) => {
    const { percentile, truthMs, corrected, raw, allowedMs, holds } = row
    const off = corrected.value === null ? '–' : signed(corrected.value - truthMs)
    const cells = [
      at === 0 ? name : '',
      at === 0 ? series : '',
      `p${percentile}`,
      planted?.[at] ?? '–',
      truthMs.toFixed(2),
      measured(corrected),
      measured(raw),
      allowedMs === undefined ? `${off}` : `${off} (${allowedMs.toFixed(1)})`,
      allowedMs === undefined
        ? `empty loop ${loop.p999.toFixed(2)}`
        : unfit !== undefined
          ? 'not judged'
          : holds
            ? 'yes'
            : '**no**',
    ]
    return `| ${cells.join(' | ')} |`
  })
}

function noteOf({ name, checks, loop, sentence, unfit }: TruthOutcome): string {
  const facts = checks.map(({ text, holds }) => (holds ? text : `**${text}**`))
  const empty = `empty loop late by p50 ${loop.p50.toFixed(2)}, p99 ${loop.p99.toFixed(2)}, at most ${loop.max.toFixed(1)} ms`
  return `- ${name}: ${[...facts, empty, ...(unfit === undefined ? [] : [`not judged: ${unfit}`])].join('; ')}. The run: ${sentence}`
}

function measured({ value, atLeast }: Measured): string {
  return value === null ? 'not enough samples' : `${atLeast ? '≥ ' : ''}${value.toFixed(2)}`
}

function signed(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${Math.abs(ms).toFixed(2)}`
}
