import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, expect, it, vi } from 'vitest'
import { main } from '../program/main.ts'

const folder = mkdtempSync(join(tmpdir(), 'chatgauge-validate-'))
const output = vi.spyOn(console, 'log').mockReturnValue()
const errors = vi.spyOn(console, 'error').mockReturnValue()
afterEach(() => vi.clearAllMocks())
afterAll(() => rmSync(folder, { recursive: true }))

function capture(content: string): string {
  const file = join(folder, 'capture')
  writeFileSync(file, content)
  return file
}

const validate = (...args: string[]) => main(['validate', ...args])
const printed = () => output.mock.calls.map(([line]) => String(line)).join('\n')
const said = () => errors.mock.calls.map(([line]) => String(line)).join('\n')

const examples = fileURLToPath(new URL('../../schemas/examples/', import.meta.url))
const kinds = readdirSync(examples).map(file => file.replace('.json', ''))

it.each(kinds)('%s: the first example is valid, the first invalid one is not', async kind => {
  const all: { data: unknown; valid: boolean; rule?: string }[] = JSON.parse(
    readFileSync(join(examples, `${kind}.json`), 'utf8'),
  )
  const wrong = all.find(each => !each.valid)!
  expect(await validate('--kind', kind, capture(JSON.stringify(all[0]!.data)))).toBe(0)
  expect(await validate('--kind', kind, capture(JSON.stringify(wrong.data)))).toBe(1)
  expect(printed()).toContain(`✗ ${wrong.rule}  `)
})

it('names kind, rule, place, expected and found', async () => {
  const file = capture('{"deviceId":"x"}\n{"deviceId":7}\n')
  expect(await validate(file)).toBe(1)
  const lines = printed().split('\n')
  expect(lines).toEqual([
    `✓ ${file}:1  push-device-id`,
    `✗ ${file}:2  push-device-id`,
    expect.stringMatching(/^ {4}✗ PUSH-\d+ {2}\/deviceId /),
    expect.stringMatching(/^ {8}expected .*string.*, found 7$/),
    '2 messages, 1 valid, 1 broken',
  ])
})

it('answers one object a message with --json', async () => {
  expect(await validate('--json', capture('{"deviceId":"x"}'))).toBe(0)
  expect(JSON.parse(printed())).toMatchObject({ kind: 'push-device-id', valid: true, violations: [] })
})

it('an unknown message is not valid', async () => {
  expect(await validate(capture('{"weather":"fine"}'))).toBe(1)
  expect(printed()).toContain('unknown: nothing documented has these members')
})

it.each([
  [[], 'validate needs a file'],
  [['/no/such/file'], 'no such file'],
  [['--kind', 'send-from', '-'], 'did you mean send-form?'],
])('%j is bad input', async (args, message) => {
  expect(await validate(...args)).toBe(2)
  expect(said()).toContain(message)
})

it('an empty capture is bad input', async () => {
  expect(await validate(capture('\n'))).toBe(2)
})
