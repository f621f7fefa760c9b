import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { commands } from '../commands/registry.ts'
import type { Command, Typed } from './command.ts'
import { main } from './main.ts'
import { UserError } from './user-error.ts'

let out: string[]
let err: string[]
let typed: Typed | undefined
beforeEach(() => {
  out = []
  err = []
  typed = undefined
  vi.spyOn(console, 'log').mockImplementation(line => void out.push(line))
  vi.spyOn(console, 'error').mockImplementation(line => void err.push(line))
})
afterEach(() => vi.restoreAllMocks())

const brew: Command = {
  name: 'brew',
  summary: 'makes tea',
  words: '[leaf]',
  options: [
    { name: 'cups', value: 'N', help: 'how many', default: '1' },
    { name: 'add', value: 'WHAT', help: 'what comes into it', repeatable: true },
    { name: 'hot', help: 'boils the water' },
  ],
  examples: [{ line: 'chatgauge brew assam --cups 2', does: 'two cups' }],
  passesOn: true,
  async run(given) {
    typed = given
    if (given.words[0] === 'coffee') throw new UserError('this is a teapot')
    if (given.words[0] === 'bug') throw new TypeError('a bug')
    return 3
  },
}
const table = { brew: async () => brew, quiet: async () => ({ ...brew, name: 'quiet', words: '', passesOn: false }) }

it('gives the command what was typed and answers its exit code', async () => {
  expect(
    await main(['brew', 'assam', '--cups', '2', '--add=milk', '--add', 'honey', '--hot', '--', '--vus', '1'], table),
  ).toBe(3)
  expect({
    words: typed!.words,
    cups: typed!.value('cups'),
    add: typed!.values('add'),
    hot: typed!.has('hot'),
    passedOn: typed!.passedOn,
  }).toEqual({ words: ['assam'], cups: '2', add: ['milk', 'honey'], hot: true, passedOn: ['--vus', '1'] })
})

it.each([
  [['brw'], 'there is no command brw (did you mean brew?); there are brew, quiet'],
  [['constructor'], 'there is no command constructor; there are brew, quiet'],
  [['brew', '--cubs', '2'], 'brew has no option --cubs (did you mean --cups?); see chatgauge brew --help'],
  [['brew', '-c'], 'brew has no option -c; see chatgauge brew --help'],
  [['brew', '--cups'], '--cups needs a value: --cups N'],
  [['brew', '--cups', '--hot'], '--cups needs a value: --cups N'],
  [['brew', '--hot=very'], '--hot is a switch and takes no value'],
  [['brew', '--cups', '1', '--cups', '2'], '--cups is given twice'],
  [['brew', 'coffee'], 'this is a teapot'],
  [['quiet', 'now'], 'quiet takes no word "now"; see chatgauge quiet --help'],
])('%j ends with 2 and one line: %s', async (args, line) => {
  expect(await main(args, table)).toBe(2)
  expect(err).toEqual([`chatgauge: ${line}`])
})

it('shows a bug with its stack', async () => {
  await expect(main(['brew', 'bug'], table)).rejects.toThrow('a bug')
})

it('lists the commands with one example each', async () => {
  expect(await main([], table)).toBe(0)
  expect(out[0]).toContain('  chatgauge brew assam --cups 2  makes tea')
})

it.each([[['brew', '--help']], [['help', 'brew']], [['brew', '--cups', '2', '-h']]])(
  '%j shows help and runs nothing',
  async args => {
    expect(await main(args, table)).toBe(0)
    expect(typed).toBeUndefined()
    expect(out[0]!.split('\n')).toEqual([
      'chatgauge brew [leaf] [options] [-- <k6 options>]',
      '',
      'Makes tea.',
      '',
      'Options',
      '  --cups N    how many (default 1)',
      '  --add WHAT  what comes into it',
      '  --hot       boils the water',
      '  --help      this text',
      '',
      'Examples',
      '  chatgauge brew assam --cups 2  two cups',
    ])
  },
)

it('passes --help behind -- on', async () => {
  expect(await main(['brew', '--', '--help'], table)).toBe(3)
})

describe.each(Object.keys(commands))('the command %s', name => {
  it('has help with examples that it can read', async () => {
    const command = await commands[name]!()
    expect(command.name).toBe(name)
    expect(command.examples.length).toBeGreaterThan(0)
    expect(command.summary.length).toBeLessThan(130)
    expect(await main([name, '--help'])).toBe(0)
    expect(command.examples.every(({ line }) => line.startsWith(`chatgauge ${name}`))).toBe(true)
  })
})
