import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type MessageKind, messageKinds } from '../../schemas/generated/kinds.ts'
import { validateMessage, validateText } from './validate-message.ts'

const folder = new URL('../../schemas/examples/', import.meta.url)
interface Example {
  description: string
  data: unknown
  valid: boolean
  rule?: string
}
const examples = readdirSync(folder).map(file => ({
  kind: file.replace('.json', '') as MessageKind,
  examples: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Example[],
}))

describe.each(examples)('$kind', ({ kind, examples }) => {
  it.each(examples)('$description', ({ data, valid, rule }) => {
    const { violations } = validateMessage(kind, data)
    if (valid) expect(violations).toEqual([])
    else expect(violations.map(found => found.rule)).toContain(rule)
  })
})

/** Forms that have no member of their own, and the start that a refresh shows too. */
const alike: Partial<Record<MessageKind, MessageKind>> = {
  'typing-form': 'disconnect-form',
  'custom-notice-form': 'disconnect-form',
  'read-receipt-form': 'refresh-form',
}

it.each(examples)('the first example of $kind is identified', ({ kind, examples }) => {
  expect(validateMessage(undefined, examples[0]!.data)).toMatchObject({ kind: alike[kind] ?? kind, violations: [] })
})

it('each kind has a description and a source', () => {
  expect(messageKinds.map(({ name }) => name)).toEqual(examples.map(({ kind }) => kind))
  for (const { describes, source } of messageKinds)
    expect([describes, source].every(text => text.length > 3)).toBe(true)
})

it('every broken rule of a message is told', () => {
  const body = { deviceId: 'x', message: { statusCode: 1, chatEnded: 'no', messages: [] } }
  expect(validateMessage(undefined, body)).toEqual({
    kind: 'push-payload',
    warnings: [],
    violations: expect.arrayContaining([
      expect.objectContaining({ rule: 'PUSH-044', at: '/message/statusCode', expected: '0', found: '1' }),
      expect.objectContaining({ rule: 'PUSH-044', at: '/message/chatEnded', expected: 'boolean', found: '"no"' }),
      expect.objectContaining({ rule: 'PUSH-034', at: '/message/messages', found: 'an array of 0' }),
      expect.objectContaining({ rule: 'PUSH-045', at: '/message', expected: 'a member nextPosition' }),
    ]),
  })
})

it('[CV2-028] a member that must not be there is named', () => {
  const { violations } = validateMessage('operation-answer', {
    ...{ statusCode: 0, alias: '201', userId: '0A', secureKey: '0B', chatId: '0C', nextPosition: 2, chatEnded: false },
    ...{ messages: [], errors: [] },
  })
  expect(violations.map(({ what, expected }) => [what, expected])).toEqual([
    ['The message must not have errors', 'no member errors'],
  ])
})

it('a form is read as it is posted', () => {
  expect(validateText(undefined, 'message=caf%C3%A9+ok&userId=U&secureKey=K&alias=')).toEqual({
    kind: 'send-form',
    warnings: [],
    violations: [
      {
        rule: 'CV2-012',
        what: '/alias must NOT have fewer than 1 characters',
        at: '/alias',
        expected: 'must NOT have fewer than 1 characters',
        found: '""',
      },
    ],
  })
})

it('[CV2-025] [CV2-057] [CV2-078] statements of level SHOULD are warnings', () => {
  const from = { nickname: 'Ann', participantId: 1, type: 'Client' }
  const answer = {
    ...{
      statusCode: 0,
      alias: 'cs',
      chatId: '0001Abc123DEF001',
      userId: '0A1B2C3D4E5F0001',
      secureKey: 'KEY',
      nextPosition: 8,
    },
    messages: [{ from, index: 7, type: 'Message', text: 'x', utcTime: 1_600_000_000_500 }],
  }
  const { kind, violations, warnings } = validateMessage(undefined, answer)
  expect({ kind, violations, warned: warnings.map(({ rule, at }) => `${rule} ${at}`) }).toEqual({
    kind: 'operation-answer',
    violations: [],
    warned: ['CV2-025 ', 'CV2-078 /secureKey', 'CV2-078 /alias', 'CV2-057 /messages/0/utcTime'],
  })
})

it('text that is nothing we know is told as such', () => {
  expect(validateText(undefined, '{"a":1}')).toEqual({ kind: undefined, violations: [], warnings: [] })
  expect(validateText('push-payload', '{"deviceId":').violations[0]).toMatchObject({
    rule: 'PUSH-040',
    expected: 'JSON',
  })
})

it('[BX-172] an error in a form of its own is a warning', () => {
  const { violations, warnings } = validateMessage(undefined, {
    channel: '/meta/connect',
    successful: false,
    error: 'no',
  })
  expect([violations, warnings]).toEqual([[], [expect.objectContaining({ rule: 'BX-172', at: '/error' })]])
})
