import { type OptionRow, optionNames, optionTable, variableOf } from '../../scenarios/options/table.ts'
import type { OptionDescription, Typed } from './command.ts'

/** The options of `run` for the parser and `--help`, from the one table that k6 reads, too. */
export const runOptions: readonly OptionDescription[] = optionNames.map(name => {
  const { value, help: does, default: usual, repeatable, concerns } = optionTable[name] as OptionRow
  const help = concerns === 'scenario' ? `${does} [${variableOf(name)}]` : does
  const shown = usual === '' || value === undefined ? undefined : usual
  return { name, help, ...(value && { value }), ...(shown && { default: shown }), ...(repeatable && { repeatable }) }
})

/** What was typed, as `parseOptions` takes it: a switch has the text `true`. */
export function typedPairs(typed: Typed): [name: string, text: string][] {
  return runOptions.flatMap(({ name, value }) =>
    typed.values(name).map((text): [string, string] => [name, value === undefined ? 'true' : text]),
  )
}
