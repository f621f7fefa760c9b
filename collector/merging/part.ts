import type { Result } from '../../schemas/generated/types.ts'

/** The result of one generator of a run (`--part K/N`). */
export interface Part {
  number: number
  of: number
  /** 'part 3 of 4' */
  name: string
  /** Where its result was found, for messages. */
  path: string
  result: Result
}

export type FoundParts = { parts: Part[]; refusal?: never } | { parts?: never; refusal: string }

/** What each generator has for itself. */
const ownOptions = new Set(['part', 'receiver', 'out', 'junit', 'summary', 'quiet', 'json', 'prometheus-port'])

/** The parts in their order. @returns why they are not the parts of one run, in one sentence. */
export function findParts(results: readonly { path: string; result: Result }[]): FoundParts {
  const parts: Part[] = []
  for (const { path, result } of results) {
    const [, number, of] = (/^(\d+)\/(\d+)$/.exec(String(result.options.part ?? '')) ?? []).map(Number)
    if (number === undefined || of === undefined)
      return { refusal: `${path} is a whole run, not one of the parts that --part K/N makes` }
    if (!result.merging) return { refusal: `${path} keeps no histograms: it was written by an older chatgauge` }
    parts.push({ number, of, name: `part ${number} of ${of}`, path, result })
  }
  parts.sort((a, b) => a.number - b.number)
  const refusal = differing(parts) ?? incomplete(parts)
  return refusal === undefined ? { parts } : { refusal }
}

/** What is true of the merged run, too: not where one part wrote its files, nor a receiver that only one of them used. */
export function sharedOptions(parts: readonly Part[]): Result['options'] {
  const { options } = parts[0]!.result
  const isShared = (name: string) =>
    !ownOptions.has(name) ||
    (name === 'receiver' && parts.every(({ result }) => result.options.receiver === options.receiver))
  return Object.fromEntries(Object.entries(options).filter(([name]) => isShared(name)))
}

function differing(parts: readonly Part[]): string | undefined {
  const [first, ...others] = parts
  const shared = first && sharedBy(first)
  for (const other of others) {
    const theirs = sharedBy(other)
    for (const name of new Set([...shared!.keys(), ...theirs.keys()])) {
      const [a, b] = [shared!.get(name), theirs.get(name)]
      if (a !== b) return `${first!.path} has ${name} ${a ?? '(none)'}, ${other.path} ${b ?? '(none)'}: not one run`
    }
  }
  return undefined
}

/** All that the parts of one run have in common, by the name that the message gives it. */
function sharedBy({ of, result }: Part): Map<string, string> {
  const { scenario, seed, target, tool, options } = result
  const named = Object.entries(options).filter(([name]) => !ownOptions.has(name))
  return new Map([
    ['scenario', scenario],
    ['--part K/N with N =', String(of)],
    ['--seed', String(seed)],
    ['target', target.url],
    ...named.map(([name, value]): [string, string] => [
      `--${name}`,
      Array.isArray(value) ? value.join('; ') : String(value),
    ]),
    ['chatgauge version', tool.version],
  ])
}

function incomplete(parts: readonly Part[]): string | undefined {
  const of = parts[0]?.of ?? 0
  for (let number = 1; number <= of; number += 1) {
    const [one, other] = parts.filter(part => part.number === number)
    if (other) return `part ${number} of ${of} is given twice: ${one!.path} and ${other.path}`
    if (!one) return `part ${number} of ${of} is missing`
  }
  return undefined
}
