import type { BenchCase } from './case.ts'

export interface ChosenCase {
  benchCase: BenchCase
  /** undefined = the whole of it. */
  parts: readonly string[] | undefined
}

/** Cases by name, in the order asked for; all without a name. `truth:cometd` is what of `truth` has `cometd` in its name. */
export function chooseCases(cases: readonly BenchCase[], names: readonly string[]): ChosenCase[] | { wrong: string } {
  if (names.length === 0) return cases.map(benchCase => ({ benchCase, parts: undefined }))
  const chosen: ChosenCase[] = []
  for (const text of names) {
    const [name, part] = text.split(/:(.*)/s) as [string, string?]
    const benchCase = cases.find(each => each.name === name)
    if (!benchCase) return { wrong: `no case ${name}; there are ${cases.map(each => each.name).join(', ')}` }
    const parts = part && (benchCase.parts ?? []).filter(each => each.toLowerCase().includes(part.toLowerCase()))
    if (parts?.length === 0)
      return {
        wrong: `nothing of ${name} has ${part} in its name; there is ${benchCase.parts?.join('; ') ?? 'one part'}`,
      }
    chosen.push({ benchCase, parts: parts || undefined })
  }
  return chosen
}
