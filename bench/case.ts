/** A row of the bench table. */
export interface BenchCase {
  name: string
  /** What is compared with what, for the table. */
  what: string
  /** The bound that the project promises, as printed: `>= 0.5`. */
  bound: string
  /** Names of what it is made of, where some of that can be run alone. */
  parts?: readonly string[]
  /** @param parts those to run, undefined = all. */
  run(say: (line: string) => void, parts?: readonly string[]): Promise<BenchResult>
}

export interface BenchResult {
  /** The figure that the bound is about, with its spread. */
  figure: string
  /** Both absolute figures; they mean little on another machine. */
  absolute: string
  verdict: 'holds' | 'broken' | 'client-limited' | 'not judged'
  note?: string
  /** Markdown that stands under a heading of its own below the table. */
  section?: string
}

/** Below this share of one core the process under test was waiting for its client: the ratio says nothing about it. */
export const leastBusy = 0.9
