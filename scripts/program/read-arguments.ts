import { parseArgs } from 'node:util'
import type { Command, OptionDescription, Typed } from './command.ts'
import { didYouMean } from './did-you-mean.ts'
import { UserError } from './user-error.ts'

/** @throws UserError for an unknown option, a missing or superfluous value or word. */
export function readArguments(command: Command, args: readonly string[]): Typed {
  const known = new Map(command.options.map(option => [option.name, option]))
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(command.options.map(option => [option.name, parserOption(option)])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const words: string[] = []
  const passedOn: string[] = []
  const given = new Map<string, string[]>()
  let afterDashes = false
  for (const token of tokens) {
    if (token.kind === 'option-terminator') afterDashes = true
    else if (token.kind === 'positional') (afterDashes ? passedOn : words).push(token.value)
    else addOption(token.name, token.rawName, token.value, token.inlineValue)
  }
  if (passedOn.length > 0 && !command.passesOn) words.push(...passedOn.splice(0))
  if (words.length > 0 && command.words === '') {
    throw new UserError(
      `${command.name} takes no word ${JSON.stringify(words[0])}; see chatgauge ${command.name} --help`,
    )
  }
  return {
    words,
    passedOn,
    has: option => given.has(option),
    value: option => given.get(option)?.at(-1),
    values: option => given.get(option) ?? [],
  }

  function addOption(name: string, rawName: string, value: string | undefined, inline: boolean | undefined) {
    const option = known.get(name)
    if (option === undefined) {
      const names = [...known.keys(), 'help'].map(each => `--${each}`)
      throw new UserError(
        `${command.name} has no option ${rawName}${didYouMean(rawName, names)}; see chatgauge ${command.name} --help`,
      )
    }
    const wantsValue = option.value !== undefined
    // `--out --json` is a forgotten value; `--temperature=-3` says that the dash is meant.
    const forgotten = value === undefined || (!inline && value.startsWith('--'))
    if (wantsValue && forgotten) throw new UserError(`--${name} needs a value: --${name} ${option.value}`)
    if (!wantsValue && value !== undefined) throw new UserError(`--${name} is a switch and takes no value`)
    const earlier = given.get(name)
    if (earlier && wantsValue && !option.repeatable) throw new UserError(`--${name} is given twice`)
    given.set(name, [...(earlier ?? []), value ?? ''])
  }
}

function parserOption(option: OptionDescription): { type: 'string' | 'boolean' } {
  return { type: option.value === undefined ? 'boolean' : 'string' }
}
