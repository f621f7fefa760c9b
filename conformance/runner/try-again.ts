import type { PerformedCase } from './perform-case.ts'
import type { StandstillWatch } from './standstill.ts'

/**
 * A standstill that is shorter cannot matter: nothing that is tried in real time, such as how long the control port waits for
 * the receiver of a push before it lets time go on (1 s), is shorter than several of it.
 */
export const noticedMs = 200
const mostTries = 3

/** A try that is not believed. */
export interface DiscardedTry {
  /** The longest time in one piece. */
  stoodStillMs: number
  /** What it would have said. */
  found: string
}

/**
 * A suite that stood still accuses nobody: sessions may have expired, repetitions come and receivers seemed dead for its sake. Such a
 * case is tried again; one that finds no quiet moment is not judged.
 * @param isOver nothing is to be tried any more.
 */
export async function tryAgain(
  perform: () => Promise<PerformedCase>,
  watch: StandstillWatch,
  isOver: () => boolean = () => false,
): Promise<PerformedCase> {
  const discarded: DiscardedTry[] = []
  for (;;) {
    const stoodStill = watch.begin()
    const performed = await perform()
    const stoodStillMs = Math.round(stoodStill())
    const told = discarded.length > 0 ? { ...performed, discarded } : performed
    if (performed.verdict === 'passed' || stoodStillMs < noticedMs) return told
    const found = findingOf(performed)
    if (discarded.length + 1 === mostTries || isOver()) return unjudged(told, `${stoodStillMs} ms`, found)
    discarded.push({ stoodStillMs, found })
  }
}

function findingOf({ broken: [first], problem, verdict }: PerformedCase): string {
  return first?.message ?? problem ?? verdict
}

/** What could not fail here stays as it is. */
function unjudged(performed: PerformedCase, stoodStill: string, found: string): PerformedCase {
  if (performed.verdict !== 'failed') return performed
  const { discarded = [] } = performed
  const tries = discarded.length === 0 ? '' : ` in try ${discarded.length + 1}, as in those before,`
  const problem = `the suite itself stood still for ${stoodStill}${tries} and accuses nobody; it found ${found}`
  return { ...performed, verdict: 'error', broken: [], problem }
}
