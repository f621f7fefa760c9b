/** A run, and why it says nothing: the machine was late, not the measuring. */
export interface Attempt<Run> {
  run: Run
  unfit: string | undefined
}

const attempts = 3

/** Repeats what the machine spoiled, at most so often. @returns the first run that can be judged, else the last one. */
export async function untilJudgeable<Run>(
  attempt: () => Promise<Attempt<Run>>,
  say: (line: string) => void,
): Promise<Attempt<Run>> {
  let last = await attempt()
  for (let made = 1; made < attempts && last.unfit !== undefined; made++) {
    say(`not judged, once more: ${last.unfit}`)
    last = await attempt()
  }
  return last
}

export interface Lateness {
  count: number
  p50: number
  p99: number
  p999: number
  max: number
}

const latestP99Ms = 5

/** An empty loop that was late says that everything on this machine was. */
export function unfitBecause({ p99 }: Lateness): string | undefined {
  return p99 > latestP99Ms
    ? `an empty 5 ms tick loop was late by ${p99.toFixed(1)} ms (p99, limit ${latestP99Ms} ms)`
    : undefined
}
